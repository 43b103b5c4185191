import type { Definition } from '../define.ts'
import { abs } from './abs.ts'
import { append } from './append.ts'
import { arrayFunction } from './array.ts'
import { assert } from './assert.ts'
import { assert_eq } from './assert_eq.ts'
import { basename } from './basename.ts'
import { bool } from './bool.ts'
import { camelcase } from './camelcase.ts'
import { ceil } from './ceil.ts'
import { chunks } from './chunks.ts'
import { compact } from './compact.ts'
import { contains } from './contains.ts'
import { contains_all } from './contains_all.ts'
import { del } from './del.ts'
import { dirname } from './dirname.ts'
import { downcase } from './downcase.ts'
import { ends_with } from './ends_with.ts'
import { exists } from './exists.ts'
import { filter } from './filter.ts'
import { find } from './find.ts'
import { flatten } from './flatten.ts'
import { floatFunction } from './float.ts'
import { floor } from './floor.ts'
import { for_each } from './for_each.ts'
import { format_int } from './format_int.ts'
import { format_number } from './format_number.ts'
import { from_entries } from './from_entries.ts'
import { getFunction } from './get.ts'
import { includes } from './includes.ts'
import { int } from './int.ts'
import { is_array } from './is_array.ts'
import { is_boolean } from './is_boolean.ts'
import { is_empty } from './is_empty.ts'
import { is_float } from './is_float.ts'
import { is_integer } from './is_integer.ts'
import { is_json } from './is_json.ts'
import { is_null } from './is_null.ts'
import { is_nullish } from './is_nullish.ts'
import { is_object } from './is_object.ts'
import { is_regex } from './is_regex.ts'
import { is_string } from './is_string.ts'
import { is_timestamp } from './is_timestamp.ts'
import { join } from './join.ts'
import { kebabcase } from './kebabcase.ts'
import { keys } from './keys.ts'
import { length } from './length.ts'
import { map_keys } from './map_keys.ts'
import { map_values } from './map_values.ts'
import { match } from './match.ts'
import { match_any } from './match_any.ts'
import { match_array } from './match_array.ts'
import { mergeFunction } from './merge.ts'
import { mod } from './mod.ts'
import { objectFunction } from './object.ts'
import { object_from_array } from './object_from_array.ts'
import { pascalcase } from './pascalcase.ts'
import { pop } from './pop.ts'
import { push } from './push.ts'
import { removeFunction } from './remove.ts'
import { replace } from './replace.ts'
import { replace_with } from './replace_with.ts'
import { round } from './round.ts'
import { screamingsnakecase } from './screamingsnakecase.ts'
import { set } from './set.ts'
import { shannon_entropy } from './shannon_entropy.ts'
import { sieve } from './sieve.ts'
import { slice } from './slice.ts'
import { snakecase } from './snakecase.ts'
import { split } from './split.ts'
import { split_path } from './split_path.ts'
import { starts_with } from './starts_with.ts'
import { string } from './string.ts'
import { strip_ansi_escape_codes } from './strip_ansi_escape_codes.ts'
import { strip_whitespace } from './strip_whitespace.ts'
import { strlen } from './strlen.ts'
import { tally } from './tally.ts'
import { tally_value } from './tally_value.ts'
import { timestampFunction } from './timestamp.ts'
import { to_bool } from './to_bool.ts'
import { to_entries } from './to_entries.ts'
import { to_float } from './to_float.ts'
import { to_int } from './to_int.ts'
import { to_regex } from './to_regex.ts'
import { to_string } from './to_string.ts'
import { truncate } from './truncate.ts'
import { type_def } from './type_def.ts'
import { unflatten } from './unflatten.ts'
import { unique } from './unique.ts'
import { unnest } from './unnest.ts'
import { upcase } from './upcase.ts'
import { values } from './values.ts'
import { zip } from './zip.ts'

/** Every function of the standard library. A new one is a file and a line here. */
const table = {
  abs,
  append,
  array: arrayFunction,
  assert,
  assert_eq,
  basename,
  bool,
  camelcase,
  ceil,
  chunks,
  compact,
  contains,
  contains_all,
  del,
  dirname,
  downcase,
  ends_with,
  exists,
  filter,
  find,
  flatten,
  float: floatFunction,
  floor,
  for_each,
  format_int,
  format_number,
  from_entries,
  get: getFunction,
  includes,
  int,
  is_array,
  is_boolean,
  is_empty,
  is_float,
  is_integer,
  is_json,
  is_null,
  is_nullish,
  is_object,
  is_regex,
  is_string,
  is_timestamp,
  join,
  kebabcase,
  keys,
  length,
  map_keys,
  map_values,
  match,
  match_any,
  match_array,
  merge: mergeFunction,
  mod,
  object: objectFunction,
  object_from_array,
  pascalcase,
  pop,
  push,
  remove: removeFunction,
  replace,
  replace_with,
  round,
  screamingsnakecase,
  set,
  shannon_entropy,
  sieve,
  slice,
  snakecase,
  split,
  split_path,
  starts_with,
  string,
  strip_ansi_escape_codes,
  strip_whitespace,
  strlen,
  tally,
  tally_value,
  timestamp: timestampFunction,
  to_bool,
  to_entries,
  to_float,
  to_int,
  to_regex,
  to_string,
  truncate,
  type_def,
  unflatten,
  unique,
  unnest,
  upcase,
  values,
  zip,
} satisfies Record<string, Definition>

export const functions: ReadonlyMap<string, Definition> = new Map(Object.entries(table))
