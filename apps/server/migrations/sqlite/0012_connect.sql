CREATE TABLE `connections` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`platform` text NOT NULL,
	`name` text NOT NULL,
	`address` text,
	`credentials` text NOT NULL,
	`active` integer NOT NULL,
	`heard_at` integer,
	`problem` text,
	`problem_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`workspace_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`id` text NOT NULL,
	`topic` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`events` integer NOT NULL,
	`products` integer NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `connection_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `deliveries_received` ON `deliveries` (`workspace_id`,`connection_id`,`received_at`);--> statement-breakpoint
CREATE INDEX `deliveries_old` ON `deliveries` (`received_at`);--> statement-breakpoint
CREATE TABLE `imports` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`format` text NOT NULL,
	`file` text NOT NULL,
	`state` text NOT NULL,
	`size` integer NOT NULL,
	`position` integer NOT NULL,
	`rows` integer NOT NULL,
	`counts` text NOT NULL,
	`started_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `imports_ended` ON `imports` (`workspace_id`,`ended_at`) WHERE "imports"."ended_at" is not null;--> statement-breakpoint
CREATE TABLE `order_lines` (
	`workspace_id` text NOT NULL,
	`order_id` text NOT NULL,
	`line` integer NOT NULL,
	`customer_id` text NOT NULL,
	`product_id` text NOT NULL,
	`variant` text,
	`name` text,
	`quantity` integer NOT NULL,
	`price` integer,
	`currency` text,
	`at` integer NOT NULL,
	`told_at` integer NOT NULL,
	`trusted` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `order_id`, `line`)
);
--> statement-breakpoint
CREATE INDEX `order_lines_customer` ON `order_lines` (`workspace_id`,`customer_id`);--> statement-breakpoint
CREATE INDEX `order_lines_product` ON `order_lines` (`workspace_id`,`product_id`,`at`);--> statement-breakpoint
CREATE INDEX `order_lines_at` ON `order_lines` (`workspace_id`,`at`);--> statement-breakpoint
CREATE TABLE `product_feeds` (
	`workspace_id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`currency` text,
	`etag` text,
	`hash` text,
	`read_at` integer,
	`changed_at` integer,
	`changed` integer DEFAULT 0 NOT NULL,
	`unchanged` integer DEFAULT 0 NOT NULL,
	`refused` integer DEFAULT 0 NOT NULL,
	`problems` text NOT NULL,
	`problem` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `product_interests` (
	`workspace_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`product_id` text NOT NULL,
	`viewed_at` integer,
	`added_at` integer,
	`requested_at` integer,
	PRIMARY KEY(`workspace_id`, `customer_id`, `product_id`)
);
--> statement-breakpoint
CREATE INDEX `product_interests_product` ON `product_interests` (`workspace_id`,`product_id`,`customer_id`);--> statement-breakpoint
CREATE INDEX `product_interests_requested` ON `product_interests` (`workspace_id`,`product_id`,`requested_at`) WHERE "product_interests"."requested_at" is not null;--> statement-breakpoint
CREATE TABLE `product_news` (
	`workspace_id` text NOT NULL,
	`product_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`previous` integer,
	PRIMARY KEY(`workspace_id`, `product_id`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `product_prices` (
	`workspace_id` text NOT NULL,
	`product_id` text NOT NULL,
	`currency` text NOT NULL,
	`at` integer NOT NULL,
	`price` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `product_id`, `currency`, `at`)
);
--> statement-breakpoint
CREATE TABLE `pulls` (
	`workspace_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`resource` text NOT NULL,
	`state` text NOT NULL,
	`cursor` text,
	`total` integer,
	`read` integer NOT NULL,
	`applied` integer NOT NULL,
	`refused` integer NOT NULL,
	`problems` text NOT NULL,
	`since` integer,
	`started_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`workspace_id`, `connection_id`, `resource`)
);
--> statement-breakpoint
CREATE TABLE `recommendations` (
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`items` text NOT NULL,
	`built_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `kind`, `subject`)
);
--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`url` text NOT NULL,
	`events` text NOT NULL,
	`format` text NOT NULL,
	`options` text NOT NULL,
	`secret` text,
	`active` integer NOT NULL,
	`problem` text,
	`problem_at` integer,
	`failing_since` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
ALTER TABLE `products` ADD `prices` text;--> statement-breakpoint
ALTER TABLE `products` ADD `variants` text;--> statement-breakpoint
ALTER TABLE `products` ADD `images` text;--> statement-breakpoint
ALTER TABLE `products` ADD `stock` integer;--> statement-breakpoint
ALTER TABLE `products` ADD `hidden` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `products` ADD `listed_at` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `subscription_id` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `event` text;--> statement-breakpoint
CREATE INDEX `webhooks_subscription` ON `webhooks` (`workspace_id`,`subscription_id`,`state`,`created_at`,`id`) WHERE "webhooks"."subscription_id" is not null;--> statement-breakpoint
CREATE INDEX `webhooks_event` ON `webhooks` (`workspace_id`,`event`,`state`,`created_at`,`id`) WHERE "webhooks"."event" is not null;