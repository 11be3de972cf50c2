CREATE TABLE `coupons` (
	`workspace_id` text NOT NULL,
	`pool` text NOT NULL,
	`code` text NOT NULL,
	`claim` text,
	`customer_id` text,
	`created_at` integer NOT NULL,
	`position` integer NOT NULL,
	`taken_at` integer,
	PRIMARY KEY(`workspace_id`, `code`)
);
--> statement-breakpoint
CREATE INDEX `coupons_pool` ON `coupons` (`workspace_id`,`pool`,`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `coupons_claim` ON `coupons` (`workspace_id`,`claim`);--> statement-breakpoint
CREATE INDEX `coupons_free` ON `coupons` (`workspace_id`,`pool`,`taken_at`,`created_at`,`position`);--> statement-breakpoint
CREATE INDEX `coupons_customer` ON `coupons` (`workspace_id`,`customer_id`);--> statement-breakpoint
CREATE TABLE `webhooks` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`enrolment_id` text,
	`journey_id` text,
	`step_id` text,
	`url` text NOT NULL,
	`body` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`status` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`ended_at` integer,
	`lease_until` integer,
	`fence` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `webhooks_due` ON `webhooks` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `webhooks_created` ON `webhooks` (`workspace_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `webhooks_state` ON `webhooks` (`workspace_id`,`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `webhooks_customer` ON `webhooks` (`workspace_id`,`customer_id`);--> statement-breakpoint
ALTER TABLE `enrolments` ADD `key` text;--> statement-breakpoint
ALTER TABLE `enrolments` ADD `step` text;--> statement-breakpoint
ALTER TABLE `enrolments` ADD `goal_at` integer;--> statement-breakpoint
ALTER TABLE `enrolments` ADD `held_since` integer;--> statement-breakpoint
CREATE INDEX `enrolments_journey` ON `enrolments` (`workspace_id`,`journey_id`,`status`,`started_at`,`id`);--> statement-breakpoint
ALTER TABLE `journeys` ADD `hash` text;--> statement-breakpoint
ALTER TABLE `journeys` ADD `published_at` integer;--> statement-breakpoint
ALTER TABLE `journeys` ADD `opening` text;--> statement-breakpoint
ALTER TABLE `journeys` ADD `runs_to` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `on_cap` text DEFAULT 'postpone' NOT NULL;--> statement-breakpoint
CREATE INDEX `products_sku` ON `products` (`workspace_id`,`sku`);