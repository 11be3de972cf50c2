CREATE TABLE "page_counts" (
	"workspace_id" text NOT NULL,
	"day" text NOT NULL,
	"path" text NOT NULL,
	"referrer" text NOT NULL,
	"campaign" text NOT NULL,
	"views" bigint NOT NULL,
	CONSTRAINT "page_counts_workspace_id_day_path_referrer_campaign_pk" PRIMARY KEY("workspace_id","day","path","referrer","campaign")
);
