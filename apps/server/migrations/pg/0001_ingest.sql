CREATE TABLE "audit" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text,
	"details" jsonb NOT NULL,
	CONSTRAINT "audit_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"customer_id" text NOT NULL,
	"purpose" text NOT NULL,
	"status" text NOT NULL,
	"basis" text,
	"country" text,
	"wording" text,
	"wording_version" text,
	"method" text,
	"source" text NOT NULL,
	"network" text,
	"at" bigint NOT NULL,
	"recorded_at" bigint NOT NULL,
	CONSTRAINT "consents_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "products" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"trusted" boolean NOT NULL,
	"sku" text,
	"name" text,
	"brand" text,
	"category" text,
	"url" text,
	"image_url" text,
	"price" bigint,
	"currency" text,
	"claimed" jsonb NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "products_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
DROP INDEX "events_customer";--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_workspace_id_message_id_pk";--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_workspace_id_customer_id_at_message_id_pk" PRIMARY KEY("workspace_id","customer_id","at","message_id");--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "told" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "discount" bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "coupon" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "refunds" jsonb;--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "consents_customer" ON "consents" USING btree ("workspace_id","customer_id","recorded_at");--> statement-breakpoint
CREATE INDEX "customers_parked" ON "customers" USING btree ("workspace_id","id") WHERE "customers"."parked" is not null;--> statement-breakpoint
CREATE INDEX "parked_at" ON "parked" USING btree ("workspace_id","at");