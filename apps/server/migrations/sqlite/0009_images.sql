CREATE TABLE `image_files` (
	`workspace_id` text NOT NULL,
	`hash` text NOT NULL,
	`type` text NOT NULL,
	`content` blob NOT NULL,
	PRIMARY KEY(`workspace_id`, `hash`)
);
--> statement-breakpoint
CREATE INDEX `image_files_hash` ON `image_files` (`hash`);--> statement-breakpoint
CREATE TABLE `images` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`alt` text NOT NULL,
	`type` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`bytes` integer NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `images_hash` ON `images` (`workspace_id`,`hash`);