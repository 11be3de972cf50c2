CREATE TABLE `campaigns` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`status` text NOT NULL,
	`definition` text NOT NULL,
	`start_at` integer,
	`frozen_at` integer,
	`ended_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
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
	`reason` text,
	`variant` text,
	`due_at` integer,
	PRIMARY KEY(`workspace_id`, `campaign_id`, `customer_id`)
);
--> statement-breakpoint
CREATE INDEX `recipients_due` ON `recipients` (`workspace_id`,`campaign_id`,`state`,`due_at`,`customer_id`);--> statement-breakpoint
CREATE INDEX `recipients_customer` ON `recipients` (`workspace_id`,`customer_id`);--> statement-breakpoint
CREATE TABLE `senders` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`purpose` text NOT NULL,
	`status` text NOT NULL,
	`from_name` text NOT NULL,
	`from_address` text NOT NULL,
	`reply_to` text,
	`smtp` text,
	`dkim` text,
	`dkim_key` text,
	`bounce_domain` text,
	`limits` text NOT NULL,
	`reason` text,
	`stopped_at` integer,
	`check` text,
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
ALTER TABLE `messages` ADD `topic` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `sender` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `attempted_at` integer;--> statement-breakpoint
CREATE INDEX `messages_campaign` ON `messages` (`workspace_id`,`campaign_id`,`state`) WHERE "messages"."campaign_id" is not null;--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`state`,`purpose`,`due_at`);--> statement-breakpoint
ALTER TABLE `consents` ADD `topic` text;--> statement-breakpoint
ALTER TABLE `suppressions` ADD `address` text;--> statement-breakpoint
ALTER TABLE `suppressions` ADD `detail` text;