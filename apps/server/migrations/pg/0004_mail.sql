CREATE TABLE "campaigns" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"status" text NOT NULL,
	"definition" jsonb NOT NULL,
	"counts" jsonb NOT NULL,
	"start_at" bigint,
	"reached_id" text,
	"frozen_at" bigint,
	"ended_at" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "campaigns_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "opens" (
	"workspace_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "opens_workspace_id_customer_id_pk" PRIMARY KEY("workspace_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "recipients" (
	"workspace_id" text NOT NULL,
	"campaign_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"state" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"variant" text,
	"due_at" bigint NOT NULL,
	"mailbox" text,
	"clicked_at" bigint,
	"unsubscribed_at" bigint,
	"bounced_at" bigint,
	"complained_at" bigint,
	"responded_at" bigint,
	CONSTRAINT "recipients_workspace_id_campaign_id_customer_id_pk" PRIMARY KEY("workspace_id","campaign_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"at" bigint NOT NULL,
	"via" text NOT NULL,
	"reason" text NOT NULL,
	"excerpt" text NOT NULL,
	CONSTRAINT "reports_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "senders" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"purpose" text NOT NULL,
	"status" text NOT NULL,
	"is_main" boolean DEFAULT false NOT NULL,
	"preset" text DEFAULT 'smtp' NOT NULL,
	"from_name" text NOT NULL,
	"from_address" text,
	"reply_to" text,
	"smtp" text,
	"dkim" jsonb,
	"dkim_key" text,
	"bounce_domain" text,
	"headers" jsonb NOT NULL,
	"limits" jsonb NOT NULL,
	"reason" text,
	"stopped_at" bigint,
	"resumed_at" bigint,
	"check" jsonb,
	"tested_at" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "senders_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "sending_counts" (
	"workspace_id" text NOT NULL,
	"sender_id" text NOT NULL,
	"hour" bigint NOT NULL,
	"domain" text NOT NULL,
	"sent" bigint DEFAULT 0 NOT NULL,
	"deferred" bigint DEFAULT 0 NOT NULL,
	"bounced" bigint DEFAULT 0 NOT NULL,
	"blocked" bigint DEFAULT 0 NOT NULL,
	"complained" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "sending_counts_workspace_id_sender_id_hour_domain_pk" PRIMARY KEY("workspace_id","sender_id","hour","domain")
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"version" bigint NOT NULL,
	"status" text NOT NULL,
	"source" jsonb NOT NULL,
	"hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	"published_at" bigint,
	CONSTRAINT "templates_workspace_id_name_version_pk" PRIMARY KEY("workspace_id","name","version")
);
--> statement-breakpoint
DROP INDEX "messages_due";--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "topic" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "campaign_id" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "variant" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "counted_at" bigint;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "topic" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "sender" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "attempted_at" bigint;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "mail_id" text;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "reduction" jsonb;--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "detail" text;--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "under" text;--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "under_at" bigint;--> statement-breakpoint
CREATE INDEX "campaigns_created" ON "campaigns" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "recipients_state" ON "recipients" USING btree ("workspace_id","campaign_id","state","reason","due_at","customer_id");--> statement-breakpoint
CREATE INDEX "recipients_customer" ON "recipients" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE INDEX "recipients_mailbox" ON "recipients" USING btree ("workspace_id","campaign_id","mailbox") WHERE "recipients"."mailbox" is not null;--> statement-breakpoint
CREATE INDEX "recipients_responded" ON "recipients" USING btree ("workspace_id","campaign_id","variant","clicked_at","unsubscribed_at","bounced_at","complained_at") WHERE "recipients"."responded_at" is not null;--> statement-breakpoint
CREATE INDEX "reports_at" ON "reports" USING btree ("workspace_id","at","id");--> statement-breakpoint
CREATE INDEX "messages_campaign" ON "messages" USING btree ("workspace_id","campaign_id","state","reason","variant") WHERE "messages"."campaign_id" is not null and "messages"."counted_at" is null;--> statement-breakpoint
CREATE INDEX "messages_mail" ON "messages" USING btree ("mail_id") WHERE "messages"."mail_id" is not null;--> statement-breakpoint
CREATE INDEX "suppressions_at" ON "suppressions" USING btree ("workspace_id","at","address_hash");--> statement-breakpoint
CREATE INDEX "messages_due" ON "messages" USING btree ("state","purpose","due_at");