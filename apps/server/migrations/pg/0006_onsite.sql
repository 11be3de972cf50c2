CREATE TABLE "onsite_messages" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "onsite_messages_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
