CREATE TABLE `onsite_messages` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`definition` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
