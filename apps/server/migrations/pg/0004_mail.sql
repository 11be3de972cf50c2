CREATE TABLE "campaigns" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"status" text NOT NULL,
	"definition" jsonb NOT NULL,
	"start_at" bigint,
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
	"reason" text,
	"variant" text,
	"due_at" bigint,
	CONSTRAINT "recipients_workspace_id_campaign_id_customer_id_pk" PRIMARY KEY("workspace_id","campaign_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "senders" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"purpose" text NOT NULL,
	"status" text NOT NULL,
	"from_name" text NOT NULL,
	"from_address" text NOT NULL,
	"reply_to" text,
	"smtp" text,
	"dkim" jsonb,
	"dkim_key" text,
	"bounce_domain" text,
	"limits" jsonb NOT NULL,
	"reason" text,
	"stopped_at" bigint,
	"check" jsonb,
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
ALTER TABLE "messages" ADD COLUMN "topic" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "sender" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "attempted_at" bigint;--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "detail" text;--> statement-breakpoint
CREATE INDEX "recipients_due" ON "recipients" USING btree ("workspace_id","campaign_id","state","due_at","customer_id");--> statement-breakpoint
CREATE INDEX "recipients_customer" ON "recipients" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE INDEX "messages_campaign" ON "messages" USING btree ("workspace_id","campaign_id","state") WHERE "messages"."campaign_id" is not null;--> statement-breakpoint
CREATE INDEX "messages_due" ON "messages" USING btree ("state","purpose","due_at");