-- People who sign in: what they are to tenants, and the browsers in which they are signed in.
CREATE TABLE "users" (
  "id" TEXT NOT NULL,
  "mail" TEXT,
  "name" TEXT NOT NULL DEFAULT '',
  "password_hash" TEXT,
  "is_guest" BOOLEAN NOT NULL DEFAULT false,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "users_mail_key" ON "users"("mail");
CREATE INDEX "users_is_guest_created_at_idx" ON "users"("is_guest", "created_at");

CREATE TABLE "identities" (
  "issuer" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "identities_pkey" PRIMARY KEY ("issuer", "subject"),
  CONSTRAINT "identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "identities_user_id_idx" ON "identities"("user_id");

CREATE TABLE "memberships" (
  "tenant_id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "role" TEXT NOT NULL CONSTRAINT "memberships_role_check" CHECK ("role" IN ('viewer', 'editor', 'owner', 'operator')),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "memberships_pkey" PRIMARY KEY ("tenant_id", "user_id"),
  CONSTRAINT "memberships_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "memberships_user_id_created_at_idx" ON "memberships"("user_id", "created_at");

CREATE TABLE "invitations" (
  "id" TEXT NOT NULL,
  "tenant_id" TEXT NOT NULL,
  "role" TEXT NOT NULL CONSTRAINT "invitations_role_check" CHECK ("role" IN ('viewer', 'editor', 'owner', 'operator')),
  "mail" TEXT,
  "sha256" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "revoked_at" TIMESTAMPTZ(3),
  "accepted_at" TIMESTAMPTZ(3),
  CONSTRAINT "invitations_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "invitations_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "invitations_sha256_key" ON "invitations"("sha256");
CREATE INDEX "invitations_tenant_id_created_at_idx" ON "invitations"("tenant_id", "created_at");

CREATE TABLE "user_sessions" (
  "id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "tenant_id" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "revoked_at" TIMESTAMPTZ(3),
  "browser" TEXT NOT NULL DEFAULT '',
  "address" TEXT NOT NULL DEFAULT '',
  CONSTRAINT "user_sessions_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "user_sessions_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "user_sessions_user_id_created_at_idx" ON "user_sessions"("user_id", "created_at");
CREATE INDEX "user_sessions_expires_at_idx" ON "user_sessions"("expires_at");

CREATE TABLE "refresh_tokens" (
  "sha256" TEXT NOT NULL,
  "session_id" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "used_at" TIMESTAMPTZ(3),
  CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("sha256"),
  CONSTRAINT "refresh_tokens_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "user_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "refresh_tokens_session_id_idx" ON "refresh_tokens"("session_id");

CREATE TABLE "signing_keys" (
  "period" INTEGER NOT NULL,
  "sealed" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("period")
);

-- Every gateway hears of a session that ends and of a person whose role changes, in the same moment, as of keys.
CREATE TRIGGER "user_session_ends" AFTER UPDATE OF "revoked_at", "tenant_id" ON "user_sessions" FOR EACH ROW EXECUTE FUNCTION "api_key_ends"();
CREATE TRIGGER "user_session_is_deleted" AFTER DELETE ON "user_sessions" FOR EACH ROW EXECUTE FUNCTION "api_key_ends"();
CREATE FUNCTION "membership_changes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('showrunner_keys', OLD."user_id");
  RETURN NULL;
END $$;
CREATE TRIGGER "membership_changes" AFTER UPDATE OR DELETE ON "memberships" FOR EACH ROW EXECUTE FUNCTION "membership_changes"();

-- Who did it: a key, or a person.
ALTER TABLE "audit_entries" ALTER COLUMN "api_key_id" DROP NOT NULL, ADD COLUMN "user_id" TEXT;

-- Made for one person by signing up, and gone with that person.
ALTER TABLE "tenants" ADD COLUMN "is_personal" BOOLEAN NOT NULL DEFAULT false;
