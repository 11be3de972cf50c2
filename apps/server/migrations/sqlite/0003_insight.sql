CREATE TABLE `jobs` (
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`due_at` integer NOT NULL,
	`progress` text,
	`result` text,
	`ended_at` integer,
	`error` text,
	`lease_until` integer,
	PRIMARY KEY(`workspace_id`, `name`)
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`due_at`);--> statement-breakpoint
CREATE TABLE `rules_versions` (
	`workspace_id` text NOT NULL,
	`number` integer NOT NULL,
	`from` integer NOT NULL,
	`settings` text NOT NULL,
	`population` text,
	PRIMARY KEY(`workspace_id`, `number`)
);
--> statement-breakpoint
CREATE TABLE `segment_members` (
	`workspace_id` text NOT NULL,
	`segment_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `segment_id`, `customer_id`)
);
--> statement-breakpoint
CREATE INDEX `segment_members_customer` ON `segment_members` (`workspace_id`,`customer_id`);--> statement-breakpoint
CREATE TABLE `segments` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`rule` text NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
