CREATE TABLE "coupons" (
	"workspace_id" text NOT NULL,
	"pool" text NOT NULL,
	"code" text NOT NULL,
	"claim" text,
	"customer_id" text,
	"created_at" bigint NOT NULL,
	"position" bigint NOT NULL,
	"taken_at" bigint,
	CONSTRAINT "coupons_workspace_id_code_pk" PRIMARY KEY("workspace_id","code")
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"customer_id" text NOT NULL,
	"enrolment_id" text,
	"journey_id" text,
	"step_id" text,
	"url" text NOT NULL,
	"body" jsonb NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"status" bigint,
	"attempts" bigint DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"ended_at" bigint,
	"lease_until" bigint,
	"fence" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "webhooks_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "enrolments" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "enrolments" ADD COLUMN "step" text;--> statement-breakpoint
ALTER TABLE "enrolments" ADD COLUMN "goal_at" bigint;--> statement-breakpoint
ALTER TABLE "enrolments" ADD COLUMN "held_since" bigint;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "hash" text;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "published_at" bigint;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "opening" jsonb;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "runs_to" jsonb;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "on_cap" text DEFAULT 'postpone' NOT NULL;--> statement-breakpoint
CREATE INDEX "coupons_pool" ON "coupons" USING btree ("workspace_id","pool","code");--> statement-breakpoint
CREATE UNIQUE INDEX "coupons_claim" ON "coupons" USING btree ("workspace_id","claim");--> statement-breakpoint
CREATE INDEX "coupons_free" ON "coupons" USING btree ("workspace_id","pool","taken_at","created_at","position");--> statement-breakpoint
CREATE INDEX "coupons_customer" ON "coupons" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE INDEX "webhooks_due" ON "webhooks" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "webhooks_created" ON "webhooks" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhooks_state" ON "webhooks" USING btree ("workspace_id","state","created_at","id");--> statement-breakpoint
CREATE INDEX "webhooks_customer" ON "webhooks" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE INDEX "enrolments_journey" ON "enrolments" USING btree ("workspace_id","journey_id","status","started_at","id");--> statement-breakpoint
CREATE INDEX "products_sku" ON "products" USING btree ("workspace_id","sku");