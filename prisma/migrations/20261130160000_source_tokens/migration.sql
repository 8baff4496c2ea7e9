-- The token that a private repository is fetched with, sealed; nobody but the fetch asks for it.
ALTER TABLE "projects" ADD COLUMN "source_token_sealed" TEXT;
