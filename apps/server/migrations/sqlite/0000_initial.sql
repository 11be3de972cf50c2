CREATE TABLE `confirmations` (
	`workspace_id` text NOT NULL,
	`address_hash` text NOT NULL,
	`message_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `address_hash`)
);
--> statement-breakpoint
CREATE TABLE `customers` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`merged_into` text,
	`email` text,
	`user_id` text,
	`claimed_email` text,
	`claimed_user_id` text,
	`stage` text NOT NULL,
	`value` text NOT NULL,
	`engagement` text NOT NULL,
	`permission` text NOT NULL,
	`advocacy` text NOT NULL,
	`order_count` integer DEFAULT 0 NOT NULL,
	`first_order_at` integer,
	`last_order_at` integer,
	`wake_at` integer,
	`parked` text,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `customers_workspace_wake` ON `customers` (`workspace_id`,`wake_at`);--> statement-breakpoint
CREATE INDEX `customers_wake` ON `customers` (`wake_at`);--> statement-breakpoint
CREATE INDEX `customers_merged_into` ON `customers` (`workspace_id`,`merged_into`);--> statement-breakpoint
CREATE INDEX `customers_email` ON `customers` (`workspace_id`,`email`);--> statement-breakpoint
CREATE INDEX `customers_user_id` ON `customers` (`workspace_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `customers_claimed_email` ON `customers` (`workspace_id`,`claimed_email`);--> statement-breakpoint
CREATE INDEX `customers_claimed_user_id` ON `customers` (`workspace_id`,`claimed_user_id`);--> statement-breakpoint
CREATE INDEX `customers_stage` ON `customers` (`workspace_id`,`stage`);--> statement-breakpoint
CREATE TABLE `enrolments` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`journey_id` text NOT NULL,
	`version` integer NOT NULL,
	`status` text NOT NULL,
	`end_reason` text,
	`snapshot` text NOT NULL,
	`timers` text,
	`cause_id` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `enrolments_customer` ON `enrolments` (`workspace_id`,`customer_id`,`status`);--> statement-breakpoint
CREATE TABLE `events` (
	`workspace_id` text NOT NULL,
	`message_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`type` text NOT NULL,
	`name` text,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`source` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `message_id`)
);
--> statement-breakpoint
CREATE INDEX `events_customer` ON `events` (`workspace_id`,`customer_id`,`at`,`message_id`);--> statement-breakpoint
CREATE TABLE `identities` (
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`customer_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `kind`, `value`)
);
--> statement-breakpoint
CREATE INDEX `identities_customer` ON `identities` (`workspace_id`,`customer_id`);--> statement-breakpoint
CREATE TABLE `journeys` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`status` text NOT NULL,
	`definition` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `keys` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`hash` text NOT NULL,
	`prefix` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `keys_hash` ON `keys` (`hash`);--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`until` integer NOT NULL,
	`fence` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `messages` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`enrolment_id` text,
	`journey_id` text,
	`step_id` text,
	`template` text NOT NULL,
	`purpose` text NOT NULL,
	`locale` text,
	`address` text NOT NULL,
	`claimed` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`data` text NOT NULL,
	`cause_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`lease_until` integer,
	`fence` integer DEFAULT 0 NOT NULL,
	`subject` text,
	`sent_at` integer,
	`response` text,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `messages_customer` ON `messages` (`workspace_id`,`customer_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `messages_address` ON `messages` (`workspace_id`,`address`,`created_at`);--> statement-breakpoint
CREATE TABLE `orders` (
	`workspace_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`currency` text NOT NULL,
	`total` integer NOT NULL,
	`refunded` integer DEFAULT 0 NOT NULL,
	`cancelled` integer DEFAULT false NOT NULL,
	`trusted` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `customer_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `orders_at` ON `orders` (`workspace_id`,`at`);--> statement-breakpoint
CREATE TABLE `parked` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text,
	`error` text NOT NULL,
	`input` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `receipts` (
	`workspace_id` text NOT NULL,
	`message_id` text NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `message_id`)
);
--> statement-breakpoint
CREATE TABLE `suppressions` (
	`workspace_id` text NOT NULL,
	`address_hash` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `address_hash`)
);
--> statement-breakpoint
CREATE TABLE `transitions` (
	`workspace_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`position` integer NOT NULL,
	`at` integer NOT NULL,
	`region` text NOT NULL,
	`from` text NOT NULL,
	`to` text NOT NULL,
	`reason` text NOT NULL,
	`rebuilt` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`workspace_id`, `customer_id`, `position`)
);
--> statement-breakpoint
CREATE TABLE `workspaces` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`settings` text NOT NULL,
	`rules_version` integer NOT NULL,
	`created_at` integer NOT NULL
);
