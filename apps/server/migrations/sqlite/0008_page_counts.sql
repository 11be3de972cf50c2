CREATE TABLE `page_counts` (
	`workspace_id` text NOT NULL,
	`day` text NOT NULL,
	`path` text NOT NULL,
	`referrer` text NOT NULL,
	`campaign` text NOT NULL,
	`views` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `day`, `path`, `referrer`, `campaign`)
);
