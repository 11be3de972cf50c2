CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"password" text,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" bigint,
	"refresh_token_expires_at" bigint,
	"scope" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event_counts" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"hour" bigint NOT NULL,
	"events" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	CONSTRAINT "event_counts_workspace_id_source_hour_pk" PRIMARY KEY("workspace_id","source","hour")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"accepted_at" bigint,
	CONSTRAINT "invitations_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "listing_words" (
	"workspace_id" text NOT NULL,
	"word" text NOT NULL,
	"customer_id" text NOT NULL,
	CONSTRAINT "listing_words_workspace_id_word_customer_id_pk" PRIMARY KEY("workspace_id","word","customer_id")
);
--> statement-breakpoint
CREATE TABLE "listings" (
	"workspace_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"stage" text NOT NULL,
	"standing" bigint NOT NULL,
	"country" text NOT NULL,
	"locale" text NOT NULL,
	"changed_at" bigint NOT NULL,
	"last_order_at" bigint NOT NULL,
	"revenue" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "listings_workspace_id_customer_id_pk" PRIMARY KEY("workspace_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "members_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "milestones" (
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "milestones_workspace_id_name_pk" PRIMARY KEY("workspace_id","name")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean NOT NULL,
	"image" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "customers_stage";--> statement-breakpoint
CREATE INDEX "accounts_user" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "invitations_token" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "listing_words_customer" ON "listing_words" USING btree ("workspace_id","customer_id","word");--> statement-breakpoint
CREATE INDEX "listings_changed" ON "listings" USING btree ("workspace_id","stage","changed_at","customer_id","standing","country","locale");--> statement-breakpoint
CREATE INDEX "listings_last_order" ON "listings" USING btree ("workspace_id","stage","last_order_at","customer_id","standing","country","locale");--> statement-breakpoint
CREATE INDEX "listings_revenue" ON "listings" USING btree ("workspace_id","stage","revenue","customer_id","standing","country","locale");--> statement-breakpoint
CREATE INDEX "listings_created" ON "listings" USING btree ("workspace_id","stage","created_at","customer_id","standing","country","locale");--> statement-breakpoint
CREATE INDEX "members_user" ON "members" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token" ON "sessions" USING btree ("token");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "events_clicks" ON "events" USING btree ("workspace_id","at") WHERE "events"."name" = 'Email Link Clicked';--> statement-breakpoint
CREATE INDEX "messages_created" ON "messages" USING btree ("workspace_id","created_at","state") WHERE "messages"."created_at" > 0;--> statement-breakpoint
CREATE INDEX "messages_template" ON "messages" USING btree ("workspace_id","template","created_at") WHERE "messages"."created_at" > 0;--> statement-breakpoint
CREATE INDEX "messages_journey" ON "messages" USING btree ("workspace_id","journey_id","created_at") WHERE "messages"."journey_id" is not null and "messages"."created_at" > 0;--> statement-breakpoint
CREATE INDEX "messages_of_campaign" ON "messages" USING btree ("workspace_id","campaign_id","created_at") WHERE "messages"."campaign_id" is not null and "messages"."created_at" > 0;--> statement-breakpoint
CREATE INDEX "messages_unsent" ON "messages" USING btree ("workspace_id","state","created_at") WHERE "messages"."state" not in ('queued', 'sending', 'sent');--> statement-breakpoint
CREATE INDEX "transitions_moves" ON "transitions" USING btree ("workspace_id","region","at","from","to","customer_id") WHERE "transitions"."region" in ('stage', 'permission');--> statement-breakpoint
CREATE INDEX "transitions_segments" ON "transitions" USING btree ("workspace_id","at","region","to") WHERE "transitions"."region" like 'segment:%';--> statement-breakpoint
CREATE INDEX "customers_stage" ON "customers" USING btree ("workspace_id","stage","permission","merged_into");