import { oneOf } from '../bad-argument.ts'
import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { float, type Real, type Text, text, toNumber } from '../value.ts'

const units = ['kilometers', 'miles'] as const

export const haversine = define({
  name: 'haversine',
  summary: 'Distance on the globe and initial bearing from one point to another.',
  parameters: [
    required('latitude1', kind.float),
    required('longitude1', kind.float),
    required('latitude2', kind.float),
    required('longitude2', kind.float),
    optional('measurement_unit', kind.bytes, units),
  ],
  returns: kind.record({ distance: kind.float, bearing: kind.float }),
  prepare: (call) => {
    oneOf(call, 'measurement_unit', units)
    return undefined
  },
  run: (_, latitude1: Real, longitude1: Real, latitude2: Real, longitude2: Real, unit: Text = 'kilometers') => {
    const [la1, lo1, la2, lo2] = [latitude1, longitude1, latitude2, longitude2].map((x) => (toNumber(x) * Math.PI) / 180) as [
      number,
      number,
      number,
      number,
    ]
    const h = Math.sin((la2 - la1) / 2) ** 2 + Math.cos(la1) * Math.cos(la2) * Math.sin((lo2 - lo1) / 2) ** 2
    const radius = text(unit) === 'miles' ? 6371.0088 * 0.6213712 : 6371.0088
    const y = Math.sin(lo2 - lo1) * Math.cos(la2)
    const x = Math.cos(la1) * Math.sin(la2) - Math.sin(la1) * Math.cos(la2) * Math.cos(lo2 - lo1)
    const bearing = ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360
    return { distance: float(places(2 * radius * Math.asin(Math.sqrt(h)), 7)), bearing: float(places(bearing, 3)) }
  },
  example: { source: 'haversine(0.0, 0.0, 0.0, 1.0)', result: { distance: 111.1950802, bearing: 90.0 } },
})

const places = (n: number, digits: number): number => Math.round(n * 10 ** digits) / 10 ** digits
