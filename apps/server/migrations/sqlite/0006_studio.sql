CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`password` text,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `accounts_user` ON `accounts` (`user_id`);--> statement-breakpoint
CREATE TABLE `event_counts` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`hour` integer NOT NULL,
	`events` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `hour`)
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `invitations_token` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE TABLE `listing_words` (
	`workspace_id` text NOT NULL,
	`word` text NOT NULL,
	`customer_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `word`, `customer_id`)
);
--> statement-breakpoint
CREATE INDEX `listing_words_customer` ON `listing_words` (`workspace_id`,`customer_id`,`word`);--> statement-breakpoint
CREATE TABLE `listings` (
	`workspace_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`stage` text NOT NULL,
	`standing` integer NOT NULL,
	`country` text NOT NULL,
	`locale` text NOT NULL,
	`changed_at` integer NOT NULL,
	`last_order_at` integer NOT NULL,
	`revenue` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `customer_id`)
);
--> statement-breakpoint
CREATE INDEX `listings_changed` ON `listings` (`workspace_id`,`stage`,`changed_at`,`customer_id`,`standing`,`country`,`locale`);--> statement-breakpoint
CREATE INDEX `listings_last_order` ON `listings` (`workspace_id`,`stage`,`last_order_at`,`customer_id`,`standing`,`country`,`locale`);--> statement-breakpoint
CREATE INDEX `listings_revenue` ON `listings` (`workspace_id`,`stage`,`revenue`,`customer_id`,`standing`,`country`,`locale`);--> statement-breakpoint
CREATE INDEX `listings_created` ON `listings` (`workspace_id`,`stage`,`created_at`,`customer_id`,`standing`,`country`,`locale`);--> statement-breakpoint
CREATE TABLE `members` (
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `user_id`)
);
--> statement-breakpoint
CREATE INDEX `members_user` ON `members` (`user_id`);--> statement-breakpoint
CREATE TABLE `milestones` (
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`token` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token` ON `sessions` (`token`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verifications_identifier` ON `verifications` (`identifier`);--> statement-breakpoint
DROP INDEX `customers_stage`;--> statement-breakpoint
CREATE INDEX `customers_stage` ON `customers` (`workspace_id`,`stage`,`permission`,`merged_into`);--> statement-breakpoint
CREATE INDEX `events_clicks` ON `events` (`workspace_id`,`at`) WHERE "events"."name" = 'Email Link Clicked';--> statement-breakpoint
CREATE INDEX `messages_created` ON `messages` (`workspace_id`,`created_at`,`state`) WHERE "messages"."created_at" > 0;--> statement-breakpoint
CREATE INDEX `messages_template` ON `messages` (`workspace_id`,`template`,`created_at`) WHERE "messages"."created_at" > 0;--> statement-breakpoint
CREATE INDEX `messages_journey` ON `messages` (`workspace_id`,`journey_id`,`created_at`) WHERE "messages"."journey_id" is not null and "messages"."created_at" > 0;--> statement-breakpoint
CREATE INDEX `messages_of_campaign` ON `messages` (`workspace_id`,`campaign_id`,`created_at`) WHERE "messages"."campaign_id" is not null and "messages"."created_at" > 0;--> statement-breakpoint
CREATE INDEX `messages_unsent` ON `messages` (`workspace_id`,`state`,`created_at`) WHERE "messages"."state" not in ('queued', 'sending', 'sent');--> statement-breakpoint
CREATE INDEX `transitions_moves` ON `transitions` (`workspace_id`,`region`,`at`,`from`,`to`,`customer_id`) WHERE "transitions"."region" in ('stage', 'permission');--> statement-breakpoint
CREATE INDEX `transitions_segments` ON `transitions` (`workspace_id`,`at`,`region`,`to`) WHERE "transitions"."region" like 'segment:%';