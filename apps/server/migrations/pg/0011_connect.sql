CREATE TABLE "connections" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"platform" text NOT NULL,
	"name" text NOT NULL,
	"address" text,
	"credentials" text NOT NULL,
	"active" boolean NOT NULL,
	"heard_at" bigint,
	"problem" text,
	"problem_at" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "connections_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"workspace_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"id" text NOT NULL,
	"topic" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"events" bigint NOT NULL,
	"products" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	CONSTRAINT "deliveries_workspace_id_connection_id_id_pk" PRIMARY KEY("workspace_id","connection_id","id")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"format" text NOT NULL,
	"file" text NOT NULL,
	"state" text NOT NULL,
	"size" bigint NOT NULL,
	"position" bigint NOT NULL,
	"rows" bigint NOT NULL,
	"counts" jsonb NOT NULL,
	"started_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "imports_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"workspace_id" text NOT NULL,
	"order_id" text NOT NULL,
	"line" bigint NOT NULL,
	"customer_id" text NOT NULL,
	"product_id" text NOT NULL,
	"variant" text,
	"name" text,
	"quantity" bigint NOT NULL,
	"price" bigint,
	"currency" text,
	"at" bigint NOT NULL,
	"told_at" bigint NOT NULL,
	"trusted" boolean NOT NULL,
	CONSTRAINT "order_lines_workspace_id_order_id_line_pk" PRIMARY KEY("workspace_id","order_id","line")
);
--> statement-breakpoint
CREATE TABLE "product_feeds" (
	"workspace_id" text NOT NULL,
	"url" text NOT NULL,
	"currency" text,
	"etag" text,
	"hash" text,
	"read_at" bigint,
	"changed_at" bigint,
	"changed" bigint DEFAULT 0 NOT NULL,
	"unchanged" bigint DEFAULT 0 NOT NULL,
	"refused" bigint DEFAULT 0 NOT NULL,
	"problems" jsonb NOT NULL,
	"problem" text,
	"created_at" bigint NOT NULL,
	CONSTRAINT "product_feeds_workspace_id_pk" PRIMARY KEY("workspace_id")
);
--> statement-breakpoint
CREATE TABLE "product_interests" (
	"workspace_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"product_id" text NOT NULL,
	"viewed_at" bigint,
	"added_at" bigint,
	"requested_at" bigint,
	CONSTRAINT "product_interests_workspace_id_customer_id_product_id_pk" PRIMARY KEY("workspace_id","customer_id","product_id")
);
--> statement-breakpoint
CREATE TABLE "product_news" (
	"workspace_id" text NOT NULL,
	"product_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" bigint NOT NULL,
	"previous" bigint,
	CONSTRAINT "product_news_workspace_id_product_id_kind_pk" PRIMARY KEY("workspace_id","product_id","kind")
);
--> statement-breakpoint
CREATE TABLE "product_prices" (
	"workspace_id" text NOT NULL,
	"product_id" text NOT NULL,
	"currency" text NOT NULL,
	"at" bigint NOT NULL,
	"price" bigint NOT NULL,
	CONSTRAINT "product_prices_workspace_id_product_id_currency_at_pk" PRIMARY KEY("workspace_id","product_id","currency","at")
);
--> statement-breakpoint
CREATE TABLE "pulls" (
	"workspace_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"resource" text NOT NULL,
	"state" text NOT NULL,
	"cursor" text,
	"total" bigint,
	"read" bigint NOT NULL,
	"applied" bigint NOT NULL,
	"refused" bigint NOT NULL,
	"problems" jsonb NOT NULL,
	"since" bigint,
	"started_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "pulls_workspace_id_connection_id_resource_pk" PRIMARY KEY("workspace_id","connection_id","resource")
);
--> statement-breakpoint
CREATE TABLE "recommendations" (
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"items" jsonb NOT NULL,
	"built_at" bigint NOT NULL,
	CONSTRAINT "recommendations_workspace_id_kind_subject_pk" PRIMARY KEY("workspace_id","kind","subject")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"events" jsonb NOT NULL,
	"format" text NOT NULL,
	"options" jsonb NOT NULL,
	"secret" text,
	"active" boolean NOT NULL,
	"problem" text,
	"problem_at" bigint,
	"failing_since" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "subscriptions_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "prices" jsonb;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "variants" jsonb;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "images" jsonb;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "stock" bigint;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "hidden" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "listed_at" bigint;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "subscription_id" text;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "event" text;--> statement-breakpoint
CREATE INDEX "deliveries_received" ON "deliveries" USING btree ("workspace_id","connection_id","received_at");--> statement-breakpoint
CREATE INDEX "deliveries_old" ON "deliveries" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "imports_ended" ON "imports" USING btree ("workspace_id","ended_at") WHERE "imports"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "order_lines_customer" ON "order_lines" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE INDEX "order_lines_product" ON "order_lines" USING btree ("workspace_id","product_id","at");--> statement-breakpoint
CREATE INDEX "order_lines_at" ON "order_lines" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "product_interests_product" ON "product_interests" USING btree ("workspace_id","product_id","customer_id");--> statement-breakpoint
CREATE INDEX "product_interests_requested" ON "product_interests" USING btree ("workspace_id","product_id","requested_at") WHERE "product_interests"."requested_at" is not null;--> statement-breakpoint
CREATE INDEX "webhooks_subscription" ON "webhooks" USING btree ("workspace_id","subscription_id","state","created_at","id") WHERE "webhooks"."subscription_id" is not null;--> statement-breakpoint
CREATE INDEX "webhooks_event" ON "webhooks" USING btree ("workspace_id","event","state","created_at","id") WHERE "webhooks"."event" is not null;