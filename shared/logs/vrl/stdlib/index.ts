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
import { community_id } from './community_id.ts'
import { compact } from './compact.ts'
import { contains } from './contains.ts'
import { contains_all } from './contains_all.ts'
import { crc } from './crc.ts'
import { decode_base16 } from './decode_base16.ts'
import { decode_base64 } from './decode_base64.ts'
import { decode_charset } from './decode_charset.ts'
import { decode_gzip } from './decode_gzip.ts'
import { decode_lz4 } from './decode_lz4.ts'
import { decode_mime_q } from './decode_mime_q.ts'
import { decode_percent } from './decode_percent.ts'
import { decode_punycode } from './decode_punycode.ts'
import { decode_snappy } from './decode_snappy.ts'
import { decode_zlib } from './decode_zlib.ts'
import { decode_zstd } from './decode_zstd.ts'
import { decrypt } from './decrypt.ts'
import { decrypt_ip } from './decrypt_ip.ts'
import { del } from './del.ts'
import { dirname } from './dirname.ts'
import { dns_lookup } from './dns_lookup.ts'
import { downcase } from './downcase.ts'
import { encode_base16 } from './encode_base16.ts'
import { encode_base64 } from './encode_base64.ts'
import { encode_charset } from './encode_charset.ts'
import { encode_csv } from './encode_csv.ts'
import { encode_gzip } from './encode_gzip.ts'
import { encode_json } from './encode_json.ts'
import { encode_key_value } from './encode_key_value.ts'
import { encode_logfmt } from './encode_logfmt.ts'
import { encode_lz4 } from './encode_lz4.ts'
import { encode_percent } from './encode_percent.ts'
import { encode_proto } from './encode_proto.ts'
import { encode_punycode } from './encode_punycode.ts'
import { encode_snappy } from './encode_snappy.ts'
import { encode_zlib } from './encode_zlib.ts'
import { encode_zstd } from './encode_zstd.ts'
import { encrypt } from './encrypt.ts'
import { encrypt_ip } from './encrypt_ip.ts'
import { ends_with } from './ends_with.ts'
import { exists } from './exists.ts'
import { filter } from './filter.ts'
import { find } from './find.ts'
import { find_enrichment_table_records } from './find_enrichment_table_records.ts'
import { flatten } from './flatten.ts'
import { floatFunction } from './float.ts'
import { floor } from './floor.ts'
import { for_each } from './for_each.ts'
import { format_int } from './format_int.ts'
import { format_number } from './format_number.ts'
import { format_timestamp } from './format_timestamp.ts'
import { from_entries } from './from_entries.ts'
import { from_unix_timestamp } from './from_unix_timestamp.ts'
import { getFunction } from './get.ts'
import { get_enrichment_table_record } from './get_enrichment_table_record.ts'
import { get_env_var } from './get_env_var.ts'
import { get_hostname } from './get_hostname.ts'
import { get_secret } from './get_secret.ts'
import { get_timezone_name } from './get_timezone_name.ts'
import { haversine } from './haversine.ts'
import { hmac } from './hmac.ts'
import { http_request } from './http_request.ts'
import { includes } from './includes.ts'
import { int } from './int.ts'
import { ip_aton } from './ip_aton.ts'
import { ip_cidr_contains } from './ip_cidr_contains.ts'
import { ip_ntoa } from './ip_ntoa.ts'
import { ip_ntop } from './ip_ntop.ts'
import { ip_pton } from './ip_pton.ts'
import { ip_subnet } from './ip_subnet.ts'
import { ip_to_ipv6 } from './ip_to_ipv6.ts'
import { ip_version } from './ip_version.ts'
import { ipv6_to_ipv4 } from './ipv6_to_ipv4.ts'
import { is_array } from './is_array.ts'
import { is_boolean } from './is_boolean.ts'
import { is_empty } from './is_empty.ts'
import { is_float } from './is_float.ts'
import { is_integer } from './is_integer.ts'
import { is_ipv4 } from './is_ipv4.ts'
import { is_ipv6 } from './is_ipv6.ts'
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
import { log } from './log.ts'
import { map_keys } from './map_keys.ts'
import { map_values } from './map_values.ts'
import { match } from './match.ts'
import { match_any } from './match_any.ts'
import { match_array } from './match_array.ts'
import { match_datadog_query } from './match_datadog_query.ts'
import { md5 } from './md5.ts'
import { mergeFunction } from './merge.ts'
import { mod } from './mod.ts'
import { now } from './now.ts'
import { objectFunction } from './object.ts'
import { object_from_array } from './object_from_array.ts'
import { parse_apache_log } from './parse_apache_log.ts'
import { parse_aws_alb_log } from './parse_aws_alb_log.ts'
import { parse_aws_cloudwatch_log_subscription_message } from './parse_aws_cloudwatch_log_subscription_message.ts'
import { parse_aws_vpc_flow_log } from './parse_aws_vpc_flow_log.ts'
import { parse_bytes } from './parse_bytes.ts'
import { parse_cbor } from './parse_cbor.ts'
import { parse_cef } from './parse_cef.ts'
import { parse_common_log } from './parse_common_log.ts'
import { parse_csv } from './parse_csv.ts'
import { parse_duration } from './parse_duration.ts'
import { parse_etld } from './parse_etld.ts'
import { parse_float } from './parse_float.ts'
import { parse_glog } from './parse_glog.ts'
import { parse_grok } from './parse_grok.ts'
import { parse_groks } from './parse_groks.ts'
import { parse_influxdb } from './parse_influxdb.ts'
import { parse_int } from './parse_int.ts'
import { parse_json } from './parse_json.ts'
import { parse_key_value } from './parse_key_value.ts'
import { parse_klog } from './parse_klog.ts'
import { parse_linux_authorization } from './parse_linux_authorization.ts'
import { parse_logfmt } from './parse_logfmt.ts'
import { parse_nginx_log } from './parse_nginx_log.ts'
import { parse_proto } from './parse_proto.ts'
import { parse_query_string } from './parse_query_string.ts'
import { parse_regex } from './parse_regex.ts'
import { parse_regex_all } from './parse_regex_all.ts'
import { parse_ruby_hash } from './parse_ruby_hash.ts'
import { parse_syslog } from './parse_syslog.ts'
import { parse_timestamp } from './parse_timestamp.ts'
import { parse_tokens } from './parse_tokens.ts'
import { parse_url } from './parse_url.ts'
import { parse_user_agent } from './parse_user_agent.ts'
import { parse_xml } from './parse_xml.ts'
import { parse_yaml } from './parse_yaml.ts'
import { pascalcase } from './pascalcase.ts'
import { pop } from './pop.ts'
import { push } from './push.ts'
import { random_bool } from './random_bool.ts'
import { random_bytes } from './random_bytes.ts'
import { random_float } from './random_float.ts'
import { random_int } from './random_int.ts'
import { redact } from './redact.ts'
import { removeFunction } from './remove.ts'
import { remove_secret } from './remove_secret.ts'
import { replace } from './replace.ts'
import { replace_with } from './replace_with.ts'
import { reverse_dns } from './reverse_dns.ts'
import { round } from './round.ts'
import { screamingsnakecase } from './screamingsnakecase.ts'
import { seahash } from './seahash.ts'
import { set } from './set.ts'
import { set_secret } from './set_secret.ts'
import { set_semantic_meaning } from './set_semantic_meaning.ts'
import { sha1 } from './sha1.ts'
import { sha2 } from './sha2.ts'
import { sha3 } from './sha3.ts'
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
import { tag_types_externally } from './tag_types_externally.ts'
import { tally } from './tally.ts'
import { tally_value } from './tally_value.ts'
import { timestampFunction } from './timestamp.ts'
import { to_bool } from './to_bool.ts'
import { to_entries } from './to_entries.ts'
import { to_float } from './to_float.ts'
import { to_int } from './to_int.ts'
import { to_regex } from './to_regex.ts'
import { to_string } from './to_string.ts'
import { to_syslog_facility } from './to_syslog_facility.ts'
import { to_syslog_facility_code } from './to_syslog_facility_code.ts'
import { to_syslog_level } from './to_syslog_level.ts'
import { to_syslog_severity } from './to_syslog_severity.ts'
import { to_unix_timestamp } from './to_unix_timestamp.ts'
import { truncate } from './truncate.ts'
import { type_def } from './type_def.ts'
import { unflatten } from './unflatten.ts'
import { unique } from './unique.ts'
import { unnest } from './unnest.ts'
import { upcase } from './upcase.ts'
import { uuid_from_friendly_id } from './uuid_from_friendly_id.ts'
import { uuid_v4 } from './uuid_v4.ts'
import { uuid_v7 } from './uuid_v7.ts'
import { validate_json_schema } from './validate_json_schema.ts'
import { values } from './values.ts'
import { xxhash } from './xxhash.ts'
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
  community_id,
  compact,
  contains,
  contains_all,
  crc,
  decode_base16,
  decode_base64,
  decode_charset,
  decode_gzip,
  decode_lz4,
  decode_mime_q,
  decode_percent,
  decode_punycode,
  decode_snappy,
  decode_zlib,
  decode_zstd,
  decrypt,
  decrypt_ip,
  del,
  dirname,
  dns_lookup,
  downcase,
  encode_base16,
  encode_base64,
  encode_charset,
  encode_csv,
  encode_gzip,
  encode_json,
  encode_key_value,
  encode_logfmt,
  encode_lz4,
  encode_percent,
  encode_proto,
  encode_punycode,
  encode_snappy,
  encode_zlib,
  encode_zstd,
  encrypt,
  encrypt_ip,
  ends_with,
  exists,
  filter,
  find,
  find_enrichment_table_records,
  flatten,
  float: floatFunction,
  floor,
  for_each,
  format_int,
  format_number,
  format_timestamp,
  from_entries,
  from_unix_timestamp,
  get: getFunction,
  get_enrichment_table_record,
  get_env_var,
  get_hostname,
  get_secret,
  get_timezone_name,
  haversine,
  hmac,
  http_request,
  includes,
  int,
  ip_aton,
  ip_cidr_contains,
  ip_ntoa,
  ip_ntop,
  ip_pton,
  ip_subnet,
  ip_to_ipv6,
  ip_version,
  ipv6_to_ipv4,
  is_array,
  is_boolean,
  is_empty,
  is_float,
  is_integer,
  is_ipv4,
  is_ipv6,
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
  log,
  map_keys,
  map_values,
  match,
  match_any,
  match_array,
  match_datadog_query,
  md5,
  merge: mergeFunction,
  mod,
  now,
  object: objectFunction,
  object_from_array,
  parse_apache_log,
  parse_aws_alb_log,
  parse_aws_cloudwatch_log_subscription_message,
  parse_aws_vpc_flow_log,
  parse_bytes,
  parse_cbor,
  parse_cef,
  parse_common_log,
  parse_csv,
  parse_duration,
  parse_etld,
  parse_float,
  parse_glog,
  parse_grok,
  parse_groks,
  parse_influxdb,
  parse_int,
  parse_json,
  parse_key_value,
  parse_klog,
  parse_linux_authorization,
  parse_logfmt,
  parse_nginx_log,
  parse_proto,
  parse_query_string,
  parse_regex,
  parse_regex_all,
  parse_ruby_hash,
  parse_syslog,
  parse_timestamp,
  parse_tokens,
  parse_url,
  parse_user_agent,
  parse_xml,
  parse_yaml,
  pascalcase,
  pop,
  push,
  random_bool,
  random_bytes,
  random_float,
  random_int,
  redact,
  remove: removeFunction,
  remove_secret,
  replace,
  replace_with,
  reverse_dns,
  round,
  screamingsnakecase,
  seahash,
  set,
  set_secret,
  set_semantic_meaning,
  sha1,
  sha2,
  sha3,
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
  tag_types_externally,
  tally,
  tally_value,
  timestamp: timestampFunction,
  to_bool,
  to_entries,
  to_float,
  to_int,
  to_regex,
  to_string,
  to_syslog_facility,
  to_syslog_facility_code,
  to_syslog_level,
  to_syslog_severity,
  to_unix_timestamp,
  truncate,
  type_def,
  unflatten,
  unique,
  unnest,
  upcase,
  uuid_from_friendly_id,
  uuid_v4,
  uuid_v7,
  validate_json_schema,
  values,
  xxhash,
  zip,
} satisfies Record<string, Definition>

export const functions: ReadonlyMap<string, Definition> = new Map(Object.entries(table))
