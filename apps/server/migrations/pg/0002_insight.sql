CREATE TABLE "jobs" (
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"due_at" bigint NOT NULL,
	"progress" jsonb,
	"result" jsonb,
	"ended_at" bigint,
	"error" text,
	"lease_until" bigint,
	CONSTRAINT "jobs_workspace_id_name_pk" PRIMARY KEY("workspace_id","name")
);
--> statement-breakpoint
CREATE TABLE "rules_versions" (
	"workspace_id" text NOT NULL,
	"number" bigint NOT NULL,
	"from" bigint NOT NULL,
	"settings" jsonb NOT NULL,
	"population" jsonb,
	CONSTRAINT "rules_versions_workspace_id_number_pk" PRIMARY KEY("workspace_id","number")
);
--> statement-breakpoint
CREATE TABLE "segment_members" (
	"workspace_id" text NOT NULL,
	"segment_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "segment_members_workspace_id_segment_id_customer_id_pk" PRIMARY KEY("workspace_id","segment_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "segments" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"rule" jsonb NOT NULL,
	"status" text NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "segments_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "segment_members_customer" ON "segment_members" USING btree ("workspace_id","customer_id");