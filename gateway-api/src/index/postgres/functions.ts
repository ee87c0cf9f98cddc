import type { Migration } from '../migrate.js';

/**
 * What the queries and triggers of the index call that SQLite has built in, and PostgreSQL has not: so each query is written once.
 * `json_extract` gives null, and `json_each` with a path no rows, where a text is no JSON that PostgreSQL takes (half a surrogate
 * pair, U+0000): what colluding endorsers wrote hides nothing else.
 */
export const postgresFunctions: Migration = {
  name: 'postgres_functions',
  statements: [
    // A function of one SELECT becomes part of the query that calls it, so that keys are found by indexes.
    `CREATE FUNCTION main.json_each(document text) RETURNS TABLE (key bigint, value text) LANGUAGE sql IMMUTABLE AS $$
     SELECT place - 1, element FROM json_array_elements_text(document::json) WITH ORDINALITY AS of (element, place) $$`,
    `CREATE FUNCTION main.json_extract(document text, path text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
     BEGIN RETURN document::json #>> (string_to_array(translate(substr(path, 2), '[]', '.'), '.'))[2:];
     EXCEPTION WHEN data_exception OR syntax_error_or_access_rule_violation THEN RETURN NULL; END $$`,
    `CREATE FUNCTION main.json_each(document text, path text) RETURNS TABLE (key bigint, value text)
     LANGUAGE plpgsql IMMUTABLE AS $$
     BEGIN RETURN QUERY SELECT each.key, each.value FROM main.json_each(main.json_extract(document, path)) AS each;
     EXCEPTION WHEN data_exception THEN RETURN; END $$`,
    `CREATE FUNCTION main.instr(whole text, part text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
     SELECT strpos(whole, part) $$`,
    `CREATE FUNCTION main.keep_past() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       EXECUTE format('INSERT INTO main.%I SELECT ($1).*', 'past_' || TG_TABLE_NAME) USING OLD;
       RETURN NEW;
     END $$`,
  ],
};

/** The same, added later: texts of rows as one JSON array. */
export const postgresTextsInOne: Migration = {
  name: 'postgres_texts_in_one',
  statements: [
    `CREATE FUNCTION main.json_of_texts(texts text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
     SELECT coalesce(array_to_json(texts)::text, '[]') $$`,
    `CREATE AGGREGATE main.json_group_array(text) (SFUNC = array_append, STYPE = text[], FINALFUNC = main.json_of_texts)`,
  ],
};
