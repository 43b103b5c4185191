import { oneOf } from '../bad-argument.ts'
import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { lineKind, nginxCombined, nginxError, nginxIngress, nginxMain, parseLine } from '../lib/log-lines.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Text, text } from '../value.ts'

const formats = { combined: nginxCombined, error: nginxError, ingress_upstreaminfo: nginxIngress, main: nginxMain } as const
const kinds = {
  combined: lineKind('client user timestamp request status size referer agent compression'),
  error: lineKind('timestamp severity pid tid cid message excess zone client server request upstream host referer'),
  ingress_upstreaminfo: lineKind(
    'remote_addr remote_user timestamp request status body_bytes_size http_referer http_user_agent request_length request_time proxy_upstream_name proxy_alternative_upstream_name upstream_addr upstream_response_length upstream_response_time upstream_status req_id',
  ),
  main: lineKind('remote_addr remote_user timestamp request status body_bytes_size http_referer http_user_agent http_x_forwarded_for'),
}

export const parse_nginx_log = define({
  name: 'parse_nginx_log',
  summary: 'The fields of a line of an Nginx access or error log.',
  parameters: [textValue, required('format', kind.bytes, Object.keys(formats)), optional('timestamp_format', kind.bytes)],
  returns: (call) => kinds[call.constant('format') as 'main'] ?? kind.anyObject,
  fails: true,
  prepare: (call) => {
    oneOf(call, 'format', Object.keys(formats))
    return undefined
  },
  run: (run, value: Text, format: Text, timestampFormat?: Text) => {
    const line = formats[text(format) as 'main']
    const times = timestampFormat === undefined ? line.times : [text(timestampFormat)]
    return parseLine(text(value), { ...line, times }, run.surroundings.zone) ?? fail('failed parsing log line')
  },
  example: {
    source: 'parse_nginx_log!(s\'2024/05/06 07:08:09 [error] 1#2: *3 no such file, client: 10.0.0.1\', "error").client',
    result: '10.0.0.1',
  },
})
