-- A browser signs in with a key, or once with a token that somebody with a key was given; from then on its cookie stands for that key.
CREATE TABLE "browser_sessions" (
  "id" TEXT NOT NULL,
  "api_key_id" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "is_sign_in" BOOLEAN NOT NULL DEFAULT false,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "browser_sessions_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "browser_sessions_sha256_key" ON "browser_sessions"("sha256");
CREATE INDEX "browser_sessions_api_key_id_idx" ON "browser_sessions"("api_key_id");
CREATE INDEX "browser_sessions_expires_at_idx" ON "browser_sessions"("expires_at");
ALTER TABLE "browser_sessions" ADD CONSTRAINT "browser_sessions_api_key_id_fkey"
  FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;
