"""Search over content: its words in one column that PostgreSQL keeps, and what was searched for in which chat.

Revision ID: 6b1f90d4c7e2
Revises: 3d60b8f2a9e4
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "6b1f90d4c7e2"
down_revision = "3d60b8f2a9e4"
branch_labels = None
depends_on = None

# Stems (the Russian configuration takes English ones for Latin words) for any form of a word, and the words as they
# stand for beginnings. Signs become spaces first: "@tea_co" and "example.com/tea" are to be found by "tea" wherever
# the database's locale draws the line between letters and signs. A vector holds a megabyte at most, hence the limit.
_FUNCTION = r"""
CREATE FUNCTION content_words(original text, idea text, adapted jsonb) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
    SELECT setweight(to_tsvector('pg_catalog.russian'::regconfig, own), 'A')
        || setweight(to_tsvector('pg_catalog.russian'::regconfig, others), 'B')
        || to_tsvector('pg_catalog.simple'::regconfig, own || ' ' || others)
    FROM (
        SELECT regexp_replace(
                   replace(lower(left(original, 60000)), 'ё', 'е'), signs, ' ', 'g'
               ) AS own,
               regexp_replace(
                   replace(lower(left(
                       coalesce(idea, '') || ' ' || coalesce(
                           (SELECT string_agg(value #>> '{}', ' ')
                            FROM jsonb_path_query(adapted, 'strict $.**') AS value
                            WHERE jsonb_typeof(value) = 'string'),
                           ''
                       ),
                       60000
                   )), 'ё', 'е'), signs, ' ', 'g'
               ) AS others
        FROM (SELECT '[!-/:-@\[-`{-~\u00a0-\u00bf\u00d7\u00f7\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f\U0001f000-\U0001faff]+'::text
              AS signs) AS what
    ) AS words
$body$
"""


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(_FUNCTION)
    op.add_column(
        "content",
        sa.Column(
            "words",
            TSVECTOR(),
            sa.Computed("content_words(original_text, idea, adapted)", persisted=True),
            nullable=True,
        ),
    )
    op.create_index("idx_content_words", "content", ["words"], postgresql_using="gin")
    op.create_index(
        "idx_content_template",
        "content",
        ["template_id"],
        postgresql_where=sa.text("template_id IS NOT NULL"),
    )
    op.create_table(
        "searches",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("said", sa.String(200), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(20), nullable=True),
        sa.Column("newest_first", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("idx_searches_chat", "searches", ["chat_id", "id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("searches")
    op.drop_index("idx_content_template", table_name="content")
    op.drop_index("idx_content_words", table_name="content")
    op.drop_column("content", "words")
    op.execute("DROP FUNCTION content_words(text, text, jsonb)")
