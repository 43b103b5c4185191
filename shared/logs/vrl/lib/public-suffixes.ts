/**
 * Public suffixes in brief: every country's top-level domain, the generic ones in wide use, and second levels under which names are
 * registered. A host with other needs provides the whole list as the file `public_suffix_list.dat`.
 */
export const secondLevels: Readonly<Record<string, string>> = {
  ae: 'ac co gov mil net org sch',
  ar: 'com edu gob gov int mil net org tur',
  at: 'ac co gv or',
  au: 'asn com edu gov id net org',
  bd: 'ac com edu gov mil net org',
  br: 'adm adv art blog com eco edu eng gov ind inf jus leg mil net org pro psi rec srv tmp tur tv vet wiki',
  ca: 'ab bc gc mb nb nf nl ns nt nu on pe qc sk yk',
  cn: 'ac com edu gov mil net org',
  co: 'com edu gov mil net nom org',
  cr: 'ac co ed fi go or sa',
  cy: 'ac com gov net org',
  ec: 'com edu fin gob gov info med mil net org pro',
  eg: 'com edu gov mil name net org sci',
  es: 'com edu gob nom org',
  fr: 'asso com gouv nom prd tm',
  gr: 'com edu gov net org',
  hk: 'com edu gov idv net org',
  hu: 'co info org',
  id: 'ac biz co desa go mil my net or sch web',
  il: 'ac co gov idf k12 muni net org',
  in: 'ac co edu firm gen gov ind mil net nic org res',
  ir: 'ac co gov id net org sch',
  it: 'edu gov',
  jp: 'ac ad co ed go gr lg ne or',
  ke: 'ac co go info me mobi ne or sc',
  kr: 'ac co es go hs kg mil ms ne or pe re sc',
  lk: 'ac assn com edu gov grp hotel int ltd net ngo org sch soc web',
  mx: 'com edu gob net org',
  my: 'biz com edu gov mil name net org',
  ng: 'com edu gov i mil mobi name net org sch',
  nz: 'ac co cri geek gen govt health iwi kiwi maori mil net org parliament school',
  pe: 'com edu gob mil net nom org',
  ph: 'com edu gov i mil net ngo org',
  pk: 'biz com edu fam gob gok gov info net org web',
  pl: 'biz com edu gov info net org waw',
  pt: 'com edu gov int net nome org publ',
  ro: 'arts com firm info nom nt org rec store tm www',
  rs: 'ac co edu gov in org',
  ru: '',
  sa: 'com edu gov med net org pub sch',
  sg: 'com edu gov net org per',
  th: 'ac co go in mi net or',
  tr: 'av bbs bel biz com dr edu gen gov info k12 kep mil name net org pol tel tsk tv web',
  tw: 'club com ebiz edu game gov idv mil net org',
  tz: 'ac co go hotel info me mil mobi ne or sc tv',
  ua: 'com edu gov in net org',
  ug: 'ac co com go ne or org sc',
  uk: 'ac co gov ltd me net nhs org plc police sch',
  us: 'dni fed isa kids nsn',
  uy: 'com edu gub mil net org',
  uz: 'co com net org',
  ve: 'com co edu gob info net org web',
  vn: 'ac biz com edu gov health info int name net org pro',
  za: 'ac agric alt co edu gov grondar law mil net ngo nic nis nom org school tm web',
}

export const generic = new Set(
  `academy agency ai aero app arpa art asia associates audio bar beer best bid bike biz blog boutique builders business buzz cab cafe camera camp capital
   cards care cash cat center chat church city claims cleaning click clinic cloud club coach codes coffee com community company computer condos
   construction consulting cool coop cruises dating day deals delivery dental design dev digital direct directory discount doctor dog domains earth edu education email energy
   engineering enterprises equipment estate events exchange expert express family fan farm fashion film finance financial fit fitness flights florist
   football foundation fun fund furniture fyi gallery game games garden gifts glass global gold golf google gov graphics group guide guru health help host hosting
   house how icu immo inc info ink institute insure int international investments io jobs jetzt kitchen land law lease legal life lighting limited limo link live loans ltd
   maison management market marketing media memorial menu miami mil mobi moda moe money movie museum name net network news ngo ninja nyc one onl online
   org page partners parts party pet photo photography photos pics pictures pink pizza place plumbing plus poker porn press pro productions properties
   property pub pw quest race realty recipes red rehab reise reisen rent rentals repair report republican rest restaurant review reviews rip rocks run
   sale school science security services sex shoes shop shopping show singles site ski social software solar solutions space sport store stream
   studio study style supplies supply support surf surgery systems tattoo tax taxi team tech technology tel tennis theater tienda tips tires tirol today
   tokyo tools top tours town toys trade trading training travel tube university uno vacations vegas ventures vet video villas vin vip vision vodka
   vote voting voyage wang watch webcam website wedding wien wiki win wine work works world wtf xin xxx xyz yoga zone`.split(/\s+/),
)
