-- A receipt is nothing but its key: without a rowid it is one row of one tree instead of a row and an index entry.
CREATE TABLE `__new_receipts` (
	`workspace_id` text NOT NULL,
	`message_id` text NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `message_id`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_receipts` SELECT "workspace_id", "message_id", "received_at" FROM `receipts`;
--> statement-breakpoint
DROP TABLE `receipts`;
--> statement-breakpoint
ALTER TABLE `__new_receipts` RENAME TO `receipts`;
