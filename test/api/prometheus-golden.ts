/** The answers Prometheus' own OpenAPI document (3.x, Apache-2.0) promises, of the paths we serve; descriptions left out. */
export const golden = {
  paths: {
    '/prometheus/api/v1/query': {
      get: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/QueryOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
      post: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/QueryOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
    },
    '/prometheus/api/v1/query_range': {
      get: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/QueryRangeOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
      post: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/QueryRangeOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
    },
    '/prometheus/api/v1/query_exemplars': {
      get: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/QueryExemplarsOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
      post: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/QueryExemplarsOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
    },
    '/prometheus/api/v1/format_query': {
      get: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/FormatQueryOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
      post: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/FormatQueryOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
    },
    '/prometheus/api/v1/parse_query': {
      get: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/ParseQueryOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
      post: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/ParseQueryOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
    },
    '/prometheus/api/v1/labels': {
      get: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/LabelsOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
      post: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/LabelsOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
    },
    '/prometheus/api/v1/label/{name}/values': {
      get: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/LabelValuesOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
    },
    '/prometheus/api/v1/series': {
      get: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/SeriesOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
      post: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/SeriesOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
    },
    '/prometheus/api/v1/metadata': {
      get: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/MetadataOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
    },
    '/prometheus/api/v1/rules': {
      get: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/RulesOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
    },
    '/prometheus/api/v1/alerts': {
      get: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/AlertsOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
    },
    '/prometheus/api/v1/status/buildinfo': {
      get: {
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/StatusBuildInfoOutputBody' } } } },
          default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        },
      },
    },
  },
  components: {
    schemas: {
      Alert: {
        type: 'object',
        properties: {
          labels: { $ref: '#/components/schemas/Labels' },
          annotations: { $ref: '#/components/schemas/Labels' },
          state: { type: 'string' },
          value: { type: 'string' },
          activeAt: { type: 'string', format: 'date-time' },
          keepFiringSince: { type: 'string', format: 'date-time' },
        },
        required: ['labels', 'annotations', 'state', 'value'],
        additionalProperties: false,
      },
      AlertDiscovery: {
        type: 'object',
        properties: { alerts: { type: 'array', items: { $ref: '#/components/schemas/Alert' } } },
        required: ['alerts'],
        additionalProperties: false,
      },
      AlertsOutputBody: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['success', 'error'] },
          data: { $ref: '#/components/schemas/AlertDiscovery' },
          warnings: { type: 'array', items: { type: 'string' } },
          infos: { type: 'array', items: { type: 'string' } },
        },
        required: ['status', 'data'],
        additionalProperties: false,
      },
      Error: {
        type: 'object',
        properties: { status: { type: 'string', enum: ['success', 'error'] }, errorType: { type: 'string' }, error: { type: 'string' } },
        required: ['status', 'errorType', 'error'],
        additionalProperties: false,
      },
      FloatSample: {
        type: 'object',
        properties: {
          metric: { $ref: '#/components/schemas/Labels' },
          value: { type: 'array', items: { oneOf: [{ type: 'number' }, { type: 'string' }] }, maxItems: 2, minItems: 2 },
        },
        required: ['metric', 'value'],
        additionalProperties: false,
      },
      FloatSeries: {
        type: 'object',
        properties: {
          metric: { $ref: '#/components/schemas/Labels' },
          values: {
            type: 'array',
            items: { type: 'array', items: { oneOf: [{ type: 'number' }, { type: 'string' }] }, maxItems: 2, minItems: 2 },
          },
        },
        required: ['metric', 'values'],
        additionalProperties: false,
      },
      FormatQueryOutputBody: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['success', 'error'] },
          data: { type: 'string' },
          warnings: { type: 'array', items: { type: 'string' } },
          infos: { type: 'array', items: { type: 'string' } },
        },
        required: ['status', 'data'],
        additionalProperties: false,
      },
      HistogramSample: {
        type: 'object',
        properties: {
          metric: { $ref: '#/components/schemas/Labels' },
          histogram: {
            type: 'array',
            items: { oneOf: [{ type: 'number' }, { $ref: '#/components/schemas/HistogramValue' }] },
            maxItems: 2,
            minItems: 2,
          },
        },
        required: ['metric', 'histogram'],
        additionalProperties: false,
      },
      HistogramSeries: {
        type: 'object',
        properties: {
          metric: { $ref: '#/components/schemas/Labels' },
          histograms: {
            type: 'array',
            items: {
              type: 'array',
              items: { oneOf: [{ type: 'number' }, { $ref: '#/components/schemas/HistogramValue' }] },
              maxItems: 2,
              minItems: 2,
            },
          },
        },
        required: ['metric', 'histograms'],
        additionalProperties: false,
      },
      HistogramValue: {
        type: 'object',
        properties: {
          count: { type: 'string' },
          sum: { type: 'string' },
          buckets: { type: 'array', items: { type: 'array', items: { oneOf: [{ type: 'number' }, { type: 'string' }] } } },
        },
        required: ['count', 'sum'],
        additionalProperties: false,
      },
      LabelValuesOutputBody: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['success', 'error'] },
          data: { type: 'array', items: { type: 'string' } },
          warnings: { type: 'array', items: { type: 'string' } },
          infos: { type: 'array', items: { type: 'string' } },
        },
        required: ['status', 'data'],
        additionalProperties: false,
      },
      Labels: { type: 'object', additionalProperties: true },
      LabelsOutputBody: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['success', 'error'] },
          data: { type: 'array', items: { type: 'string' } },
          warnings: { type: 'array', items: { type: 'string' } },
          infos: { type: 'array', items: { type: 'string' } },
        },
        required: ['status', 'data'],
        additionalProperties: false,
      },
      Metadata: {
        type: 'object',
        properties: { type: { type: 'string' }, unit: { type: 'string' }, help: { type: 'string' } },
        required: ['type', 'unit', 'help'],
        additionalProperties: false,
      },
      MetadataOutputBody: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['success', 'error'] },
          data: { type: 'object', additionalProperties: { type: 'array', items: { $ref: '#/components/schemas/Metadata' } } },
          warnings: { type: 'array', items: { type: 'string' } },
          infos: { type: 'array', items: { type: 'string' } },
        },
        required: ['status', 'data'],
        additionalProperties: false,
      },
      ParseQueryOutputBody: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['success', 'error'] },
          data: {},
          warnings: { type: 'array', items: { type: 'string' } },
          infos: { type: 'array', items: { type: 'string' } },
        },
        required: ['status', 'data'],
        additionalProperties: false,
      },
      PrometheusVersion: {
        type: 'object',
        properties: {
          version: { type: 'string' },
          revision: { type: 'string' },
          branch: { type: 'string' },
          buildUser: { type: 'string' },
          buildDate: { type: 'string' },
          goVersion: { type: 'string' },
        },
        required: ['version', 'revision', 'branch', 'buildUser', 'buildDate', 'goVersion'],
        additionalProperties: false,
      },
      QueryData: {
        anyOf: [
          {
            type: 'object',
            properties: {
              resultType: { type: 'string', enum: ['vector'] },
              result: {
                type: 'array',
                items: { anyOf: [{ $ref: '#/components/schemas/FloatSample' }, { $ref: '#/components/schemas/HistogramSample' }] },
              },
              stats: { $ref: '#/components/schemas/QueryStats' },
            },
            required: ['resultType', 'result'],
            additionalProperties: false,
          },
          {
            type: 'object',
            properties: {
              resultType: { type: 'string', enum: ['matrix'] },
              result: {
                type: 'array',
                items: { anyOf: [{ $ref: '#/components/schemas/FloatSeries' }, { $ref: '#/components/schemas/HistogramSeries' }] },
              },
              stats: { $ref: '#/components/schemas/QueryStats' },
            },
            required: ['resultType', 'result'],
            additionalProperties: false,
          },
          {
            type: 'object',
            properties: {
              resultType: { type: 'string', enum: ['scalar'] },
              result: { type: 'array', items: { oneOf: [{ type: 'number' }, { type: 'string' }] }, maxItems: 2, minItems: 2 },
              stats: { $ref: '#/components/schemas/QueryStats' },
            },
            required: ['resultType', 'result'],
            additionalProperties: false,
          },
          {
            type: 'object',
            properties: {
              resultType: { type: 'string', enum: ['string'] },
              result: { type: 'array', items: { type: 'string' }, maxItems: 2, minItems: 2 },
              stats: { $ref: '#/components/schemas/QueryStats' },
            },
            required: ['resultType', 'result'],
            additionalProperties: false,
          },
        ],
      },
      QueryExemplarsOutputBody: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['success', 'error'] },
          data: {},
          warnings: { type: 'array', items: { type: 'string' } },
          infos: { type: 'array', items: { type: 'string' } },
        },
        required: ['status', 'data'],
        additionalProperties: false,
      },
      QueryOutputBody: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['success', 'error'] },
          data: { $ref: '#/components/schemas/QueryData' },
          warnings: { type: 'array', items: { type: 'string' } },
          infos: { type: 'array', items: { type: 'string' } },
        },
        required: ['status', 'data'],
        additionalProperties: false,
      },
      QueryRangeOutputBody: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['success', 'error'] },
          data: { $ref: '#/components/schemas/QueryData' },
          warnings: { type: 'array', items: { type: 'string' } },
          infos: { type: 'array', items: { type: 'string' } },
        },
        required: ['status', 'data'],
        additionalProperties: false,
      },
      QueryStats: {
        type: 'object',
        properties: {
          timings: {
            type: 'object',
            properties: {
              evalTotalTime: { type: 'number' },
              resultSortTime: { type: 'number' },
              queryPreparationTime: { type: 'number' },
              innerEvalTime: { type: 'number' },
              execQueueTime: { type: 'number' },
              execTotalTime: { type: 'number' },
            },
          },
          samples: {
            type: 'object',
            properties: {
              totalQueryableSamples: { type: 'integer' },
              peakSamples: { type: 'integer' },
              totalQueryableSamplesPerStep: {
                type: 'array',
                items: { type: 'array', items: { type: 'number' }, maxItems: 2, minItems: 2 },
              },
              samplesRead: { type: 'integer' },
              samplesReadPerStep: { type: 'array', items: { type: 'array', items: { type: 'number' }, maxItems: 2, minItems: 2 } },
            },
          },
        },
      },
      RuleDiscovery: {
        type: 'object',
        properties: { groups: { type: 'array', items: { $ref: '#/components/schemas/RuleGroup' } }, groupNextToken: { type: 'string' } },
        required: ['groups'],
        additionalProperties: false,
      },
      RuleGroup: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          file: { type: 'string' },
          rules: { type: 'array', items: { type: 'object' } },
          interval: { type: 'number', format: 'double' },
          limit: { type: 'integer', format: 'int64' },
          evaluationTime: { type: 'number', format: 'double' },
          lastEvaluation: { type: 'string', format: 'date-time' },
        },
        required: ['name', 'file', 'rules', 'interval', 'limit', 'evaluationTime', 'lastEvaluation'],
        additionalProperties: false,
      },
      RulesOutputBody: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['success', 'error'] },
          data: { $ref: '#/components/schemas/RuleDiscovery' },
          warnings: { type: 'array', items: { type: 'string' } },
          infos: { type: 'array', items: { type: 'string' } },
        },
        required: ['status', 'data'],
        additionalProperties: false,
      },
      SeriesOutputBody: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['success', 'error'] },
          data: { type: 'array', items: { $ref: '#/components/schemas/Labels' } },
          warnings: { type: 'array', items: { type: 'string' } },
          infos: { type: 'array', items: { type: 'string' } },
        },
        required: ['status', 'data'],
        additionalProperties: false,
      },
      StatusBuildInfoOutputBody: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['success', 'error'] },
          data: { $ref: '#/components/schemas/PrometheusVersion' },
          warnings: { type: 'array', items: { type: 'string' } },
          infos: { type: 'array', items: { type: 'string' } },
        },
        required: ['status', 'data'],
        additionalProperties: false,
      },
    },
  },
}
