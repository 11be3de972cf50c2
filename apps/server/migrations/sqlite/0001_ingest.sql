CREATE TABLE `audit` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text,
	`details` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`workspace_id`,`at`);--> statement-breakpoint
CREATE TABLE `consents` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`purpose` text NOT NULL,
	`status` text NOT NULL,
	`basis` text,
	`country` text,
	`wording` text,
	`wording_version` text,
	`method` text,
	`source` text NOT NULL,
	`network` text,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `consents_customer` ON `consents` (`workspace_id`,`customer_id`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `products` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`trusted` integer NOT NULL,
	`sku` text,
	`name` text,
	`brand` text,
	`category` text,
	`url` text,
	`image_url` text,
	`price` integer,
	`currency` text,
	`claimed` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_events` (
	`workspace_id` text NOT NULL,
	`message_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`type` text NOT NULL,
	`name` text,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`source` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `customer_id`, `at`, `message_id`)
);
--> statement-breakpoint
INSERT INTO `__new_events`("workspace_id", "message_id", "customer_id", "type", "name", "at", "received_at", "source", "body") SELECT "workspace_id", "message_id", "customer_id", "type", "name", "at", "received_at", "source", "body" FROM `events`;--> statement-breakpoint
DROP TABLE `events`;--> statement-breakpoint
ALTER TABLE `__new_events` RENAME TO `events`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
ALTER TABLE `orders` ADD `told` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `discount` integer;--> statement-breakpoint
ALTER TABLE `orders` ADD `coupon` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `refunds` text;--> statement-breakpoint
CREATE INDEX `customers_parked` ON `customers` (`workspace_id`,`id`) WHERE "customers"."parked" is not null;--> statement-breakpoint
CREATE INDEX `parked_at` ON `parked` (`workspace_id`,`at`);