CREATE TABLE "confirmations" (
	"workspace_id" text NOT NULL,
	"address_hash" text NOT NULL,
	"message_id" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "confirmations_workspace_id_address_hash_pk" PRIMARY KEY("workspace_id","address_hash")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"merged_into" text,
	"email" text,
	"user_id" text,
	"claimed_email" text,
	"claimed_user_id" text,
	"stage" text NOT NULL,
	"value" text NOT NULL,
	"engagement" text NOT NULL,
	"permission" text NOT NULL,
	"advocacy" text NOT NULL,
	"order_count" bigint DEFAULT 0 NOT NULL,
	"first_order_at" bigint,
	"last_order_at" bigint,
	"wake_at" bigint,
	"parked" text,
	"state" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "customers_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "enrolments" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"customer_id" text NOT NULL,
	"journey_id" text NOT NULL,
	"version" bigint NOT NULL,
	"status" text NOT NULL,
	"end_reason" text,
	"snapshot" jsonb NOT NULL,
	"timers" jsonb,
	"cause_id" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "enrolments_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"workspace_id" text NOT NULL,
	"message_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"type" text NOT NULL,
	"name" text,
	"at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"source" text NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "events_workspace_id_message_id_pk" PRIMARY KEY("workspace_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"customer_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "identities_workspace_id_kind_value_pk" PRIMARY KEY("workspace_id","kind","value")
);
--> statement-breakpoint
CREATE TABLE "journeys" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"version" bigint NOT NULL,
	"status" text NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "journeys_workspace_id_id_version_pk" PRIMARY KEY("workspace_id","id","version")
);
--> statement-breakpoint
CREATE TABLE "keys" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"hash" text NOT NULL,
	"prefix" text NOT NULL,
	"created_at" bigint NOT NULL,
	"revoked_at" bigint,
	CONSTRAINT "keys_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until" bigint NOT NULL,
	"fence" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"customer_id" text NOT NULL,
	"enrolment_id" text,
	"journey_id" text,
	"step_id" text,
	"template" text NOT NULL,
	"purpose" text NOT NULL,
	"locale" text,
	"address" text NOT NULL,
	"claimed" boolean NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"data" jsonb NOT NULL,
	"cause_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"attempts" bigint DEFAULT 0 NOT NULL,
	"lease_until" bigint,
	"fence" bigint DEFAULT 0 NOT NULL,
	"subject" text,
	"sent_at" bigint,
	"response" text,
	CONSTRAINT "messages_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"workspace_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"id" text NOT NULL,
	"at" bigint NOT NULL,
	"currency" text NOT NULL,
	"total" bigint NOT NULL,
	"refunded" bigint DEFAULT 0 NOT NULL,
	"cancelled" boolean DEFAULT false NOT NULL,
	"trusted" boolean NOT NULL,
	CONSTRAINT "orders_workspace_id_customer_id_id_pk" PRIMARY KEY("workspace_id","customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "parked" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"customer_id" text,
	"error" text NOT NULL,
	"input" jsonb NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "parked_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"workspace_id" text NOT NULL,
	"message_id" text NOT NULL,
	"received_at" bigint NOT NULL,
	CONSTRAINT "receipts_workspace_id_message_id_pk" PRIMARY KEY("workspace_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"workspace_id" text NOT NULL,
	"address_hash" text NOT NULL,
	"reason" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "suppressions_workspace_id_address_hash_pk" PRIMARY KEY("workspace_id","address_hash")
);
--> statement-breakpoint
CREATE TABLE "transitions" (
	"workspace_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"position" bigint NOT NULL,
	"at" bigint NOT NULL,
	"region" text NOT NULL,
	"from" text NOT NULL,
	"to" text NOT NULL,
	"reason" jsonb NOT NULL,
	"rebuilt" boolean DEFAULT false NOT NULL,
	CONSTRAINT "transitions_workspace_id_customer_id_position_pk" PRIMARY KEY("workspace_id","customer_id","position")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb NOT NULL,
	"rules_version" bigint NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "customers_workspace_wake" ON "customers" USING btree ("workspace_id","wake_at");--> statement-breakpoint
CREATE INDEX "customers_wake" ON "customers" USING btree ("wake_at");--> statement-breakpoint
CREATE INDEX "customers_merged_into" ON "customers" USING btree ("workspace_id","merged_into");--> statement-breakpoint
CREATE INDEX "customers_email" ON "customers" USING btree ("workspace_id","email");--> statement-breakpoint
CREATE INDEX "customers_user_id" ON "customers" USING btree ("workspace_id","user_id");--> statement-breakpoint
CREATE INDEX "customers_claimed_email" ON "customers" USING btree ("workspace_id","claimed_email");--> statement-breakpoint
CREATE INDEX "customers_claimed_user_id" ON "customers" USING btree ("workspace_id","claimed_user_id");--> statement-breakpoint
CREATE INDEX "customers_stage" ON "customers" USING btree ("workspace_id","stage");--> statement-breakpoint
CREATE INDEX "enrolments_customer" ON "enrolments" USING btree ("workspace_id","customer_id","status");--> statement-breakpoint
CREATE INDEX "events_customer" ON "events" USING btree ("workspace_id","customer_id","at","message_id");--> statement-breakpoint
CREATE INDEX "identities_customer" ON "identities" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE INDEX "keys_hash" ON "keys" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "messages_customer" ON "messages" USING btree ("workspace_id","customer_id","created_at");--> statement-breakpoint
CREATE INDEX "messages_due" ON "messages" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "messages_address" ON "messages" USING btree ("workspace_id","address","created_at");--> statement-breakpoint
CREATE INDEX "orders_at" ON "orders" USING btree ("workspace_id","at");