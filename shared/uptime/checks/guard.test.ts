import { expect, test } from 'vitest'
import { isAllowedTarget } from './guard.ts'

const refused = (url: string) => expect([url, isAllowedTarget(new URL(url), false)]).toEqual([url, false])
const allowed = (url: string) => expect([url, isAllowedTarget(new URL(url), false)]).toEqual([url, true])

test('no notation of a loopback, private, link-local, metadata or reserved IPv4 address is let through', () => {
  for (const host of [
    '127.0.0.1', '127.1', '127.255.255.254', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '0177.0.1', '017700000001', '0', '0.0.0.0',
    '0x0', '10.0.0.1', '012.0.0.1', '10.255.255.255', '167772161', '172.16.0.1', '172.31.255.255', '192.168.0.1', '0xc0a80001', '192.168.257',
    '169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.254.170.2', '100.64.0.1', '100.100.100.200', '168.63.129.16',
    '192.0.0.192', '192.0.2.1', '198.18.0.1', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255',
    '127.0.0.1.', '１２７.０.０.１', '127。0。0。1', '①②⑦.0.0.1',
  ]) // biome-ignore format: a table
    refused(`http://${host}/`)
})

test('no notation of such an IPv6 address is let through', () => {
  for (const host of [
    '::1', '::', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::FFFF:10.0.0.1', '0:0:0:0:0:ffff:c0a8:1', '::127.0.0.1', '::10.0.0.1',
    '64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '2002:7f00:1::', '2002:a9fe:a9fe::1', '2002:c0a8:1::1', '2001::1', '2001:0:7f00:1::',
    '2001:db8::1', '3fff::1', 'fc00::1', 'fd00:ec2::254', 'fdff::1', 'fe80::1', 'febf::1', 'fec0::1', 'ff02::1', '100::1', '5f00::1',
  ]) // biome-ignore format: a table
    refused(`http://[${host}]/`)
})

test('names of this machine, of the local network and of metadata services are refused', () => {
  for (const host of [
    'localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'printer.local', 'metadata.google.internal', 'metadata', 'router', 'nas.lan', 'x.home.arpa',
  ]) // biome-ignore format: a table
    refused(`http://${host}/`)
})

test('other schemes are refused even where private addresses are allowed', () => {
  for (const url of ['ftp://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/plain,x', 'ws://example.com/'])
    expect(isAllowedTarget(new URL(url), true)).toBe(false)
})

test('public addresses and names are let through, the neighbours of each refused block too', () => {
  for (const host of [
    'example.com', 'a.b.example.co.uk', 'xn--bcher-kva.example.net', '1.1.1.1', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255',
    '128.0.0.1', '169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.0.1.0', '192.167.255.255', '192.169.0.0', '198.17.255.255',
    '198.20.0.0', '223.255.255.255', '[2606:4700::1111]', '[2001:4860:4860::8888]', '[::ffff:8.8.8.8]', '[64:ff9b::808:808]', '[2002:808:808::1]',
  ]) // biome-ignore format: a table
    allowed(`https://${host}/`)
})

test('an installation that allows private targets reaches them', () => {
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '10.1.2.3', 'nas.lan'])
    expect(isAllowedTarget(new URL(`http://${host}:8080/`), true)).toBe(true)
})
