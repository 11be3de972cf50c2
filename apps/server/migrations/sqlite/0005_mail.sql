CREATE TABLE `campaigns` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`status` text NOT NULL,
	`definition` text NOT NULL,
	`counts` text NOT NULL,
	`start_at` integer,
	`reached_id` text,
	`frozen_at` integer,
	`ended_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `campaigns_created` ON `campaigns` (`workspace_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `opens` (
	`workspace_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `customer_id`)
);
--> statement-breakpoint
CREATE TABLE `recipients` (
	`workspace_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`state` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`variant` text,
	`due_at` integer NOT NULL,
	`mailbox` text,
	`clicked_at` integer,
	`unsubscribed_at` integer,
	`bounced_at` integer,
	`complained_at` integer,
	`responded_at` integer,
	PRIMARY KEY(`workspace_id`, `campaign_id`, `customer_id`)
);
--> statement-breakpoint
CREATE INDEX `recipients_state` ON `recipients` (`workspace_id`,`campaign_id`,`state`,`reason`,`due_at`,`customer_id`);--> statement-breakpoint
CREATE INDEX `recipients_customer` ON `recipients` (`workspace_id`,`customer_id`);--> statement-breakpoint
CREATE INDEX `recipients_mailbox` ON `recipients` (`workspace_id`,`campaign_id`,`mailbox`) WHERE "recipients"."mailbox" is not null;--> statement-breakpoint
CREATE INDEX `recipients_responded` ON `recipients` (`workspace_id`,`campaign_id`,`variant`,`clicked_at`,`unsubscribed_at`,`bounced_at`,`complained_at`) WHERE "recipients"."responded_at" is not null;--> statement-breakpoint
CREATE TABLE `reports` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`via` text NOT NULL,
	`reason` text NOT NULL,
	`excerpt` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `reports_at` ON `reports` (`workspace_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `senders` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`purpose` text NOT NULL,
	`status` text NOT NULL,
	`is_main` integer DEFAULT false NOT NULL,
	`preset` text DEFAULT 'smtp' NOT NULL,
	`from_name` text NOT NULL,
	`from_address` text,
	`reply_to` text,
	`smtp` text,
	`dkim` text,
	`dkim_key` text,
	`bounce_domain` text,
	`headers` text NOT NULL,
	`limits` text NOT NULL,
	`reason` text,
	`stopped_at` integer,
	`resumed_at` integer,
	`check` text,
	`tested_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `sending_counts` (
	`workspace_id` text NOT NULL,
	`sender_id` text NOT NULL,
	`hour` integer NOT NULL,
	`domain` text NOT NULL,
	`sent` integer DEFAULT 0 NOT NULL,
	`deferred` integer DEFAULT 0 NOT NULL,
	`bounced` integer DEFAULT 0 NOT NULL,
	`blocked` integer DEFAULT 0 NOT NULL,
	`complained` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`workspace_id`, `sender_id`, `hour`, `domain`)
);
--> statement-breakpoint
CREATE TABLE `templates` (
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`status` text NOT NULL,
	`source` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`published_at` integer,
	PRIMARY KEY(`workspace_id`, `name`, `version`)
);
--> statement-breakpoint
DROP INDEX `messages_due`;--> statement-breakpoint
ALTER TABLE `messages` ADD `campaign_id` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `variant` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `counted_at` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `topic` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `sender` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `attempted_at` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `mail_id` text;--> statement-breakpoint
CREATE INDEX `messages_campaign` ON `messages` (`workspace_id`,`campaign_id`,`state`,`reason`,`variant`) WHERE "messages"."campaign_id" is not null and "messages"."counted_at" is null;--> statement-breakpoint
CREATE INDEX `messages_mail` ON `messages` (`mail_id`) WHERE "messages"."mail_id" is not null;--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`state`,`purpose`,`due_at`);--> statement-breakpoint
ALTER TABLE `consents` ADD `topic` text;--> statement-breakpoint
ALTER TABLE `products` ADD `reduction` text;--> statement-breakpoint
ALTER TABLE `suppressions` ADD `address` text;--> statement-breakpoint
ALTER TABLE `suppressions` ADD `detail` text;--> statement-breakpoint
ALTER TABLE `suppressions` ADD `under` text;--> statement-breakpoint
ALTER TABLE `suppressions` ADD `under_at` integer;--> statement-breakpoint
CREATE INDEX `suppressions_at` ON `suppressions` (`workspace_id`,`at`,`address_hash`);