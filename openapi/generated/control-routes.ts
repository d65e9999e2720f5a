// Generated from openapi/mock-control.yaml by `npm run generate`.
import type { BodySchema, ControlRoute } from '../route.ts'

/** Controls that take a tenant's own key. */
export type TenantControlId =
  | 'addSshKey'
  | 'advanceTime'
  | 'clearFaults'
  | 'clearJournal'
  | 'dropSnapshot'
  | 'exportCurl'
  | 'exportHar'
  | 'exportWorld'
  | 'forkWorld'
  | 'importWorld'
  | 'lintClient'
  | 'listEndings'
  | 'listFaultPlans'
  | 'listJournal'
  | 'listSnapshots'
  | 'listSshKeys'
  | 'planFaults'
  | 'readFaultPlan'
  | 'readFidelity'
  | 'readJournalEntry'
  | 'readThrottling'
  | 'readTime'
  | 'readWorld'
  | 'removeFaultPlan'
  | 'removeSshKey'
  | 'resetWorld'
  | 'restoreSnapshot'
  | 'seedWorld'
  | 'setJobOutcome'
  | 'setPace'
  | 'setThrottling'
  | 'streamJournal'
  | 'switchJournal'
  | 'takeSnapshot'
  | 'verifyJournal'
  | 'waitFor'

/** Controls that take the admin token. */
export type ServerControlId =
  | 'changeSettings'
  | 'createTenant'
  | 'deleteTenant'
  | 'listTenants'
  | 'listUnclaimedRequests'
  | 'readSettings'
  | 'shutDown'

export type ControlId = TenantControlId | ServerControlId

export const controlRoutes: readonly ControlRoute<ControlId>[] = [
 {
  "operationId": "listEndings",
  "method": "GET",
  "path": "/_mock/endings/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "clearFaults",
  "method": "DELETE",
  "path": "/_mock/faults/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "listFaultPlans",
  "method": "GET",
  "path": "/_mock/faults/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "planFaults",
  "method": "POST",
  "path": "/_mock/faults/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": true
 },
 {
  "operationId": "removeFaultPlan",
  "method": "DELETE",
  "path": "/_mock/faults/{planName}/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "planName",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "readFaultPlan",
  "method": "GET",
  "path": "/_mock/faults/{planName}/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "planName",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "readFidelity",
  "method": "GET",
  "path": "/_mock/fidelity/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "operationId",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "setJobOutcome",
  "method": "POST",
  "path": "/_mock/jobs/{jobId}/outcome/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "bodyRequired": true
 },
 {
  "operationId": "clearJournal",
  "method": "DELETE",
  "path": "/_mock/journal/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "listJournal",
  "method": "GET",
  "path": "/_mock/journal/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "operation",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "method",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "path",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "status",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "job",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "file",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "search",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "failed",
    "in": "query",
    "required": false,
    "schema": {
     "type": "boolean"
    }
   },
   {
    "name": "faulty",
    "in": "query",
    "required": false,
    "schema": {
     "type": "boolean"
    }
   },
   {
    "name": "after",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 0
    }
   },
   {
    "name": "before",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 0
    }
   },
   {
    "name": "order",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string",
     "enum": [
      "newest",
      "oldest"
     ],
     "default": "newest"
    }
   },
   {
    "name": "limit",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 100,
     "minimum": 1,
     "maximum": 2000
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "switchJournal",
  "method": "PUT",
  "path": "/_mock/journal/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": true
 },
 {
  "operationId": "exportCurl",
  "method": "GET",
  "path": "/_mock/journal/curl/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "operation",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "method",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "path",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "status",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "job",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "file",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "search",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "failed",
    "in": "query",
    "required": false,
    "schema": {
     "type": "boolean"
    }
   },
   {
    "name": "faulty",
    "in": "query",
    "required": false,
    "schema": {
     "type": "boolean"
    }
   },
   {
    "name": "after",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 0
    }
   },
   {
    "name": "before",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 0
    }
   },
   {
    "name": "number",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 0
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "streamJournal",
  "method": "GET",
  "path": "/_mock/journal/events/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "operation",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "method",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "path",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "status",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "job",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "file",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "search",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "failed",
    "in": "query",
    "required": false,
    "schema": {
     "type": "boolean"
    }
   },
   {
    "name": "faulty",
    "in": "query",
    "required": false,
    "schema": {
     "type": "boolean"
    }
   },
   {
    "name": "after",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 0
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "exportHar",
  "method": "GET",
  "path": "/_mock/journal/har/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "operation",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "method",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "path",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "status",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "job",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "file",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "search",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "failed",
    "in": "query",
    "required": false,
    "schema": {
     "type": "boolean"
    }
   },
   {
    "name": "faulty",
    "in": "query",
    "required": false,
    "schema": {
     "type": "boolean"
    }
   },
   {
    "name": "after",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 0
    }
   },
   {
    "name": "before",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 0
    }
   },
   {
    "name": "number",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 0
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "lintClient",
  "method": "GET",
  "path": "/_mock/journal/lint/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "format",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string",
     "enum": [
      "json",
      "text",
      "junit"
     ],
     "default": "json"
    }
   },
   {
    "name": "after",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 0
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "listUnclaimedRequests",
  "method": "GET",
  "path": "/_mock/journal/unclaimed/",
  "authority": "server",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "verifyJournal",
  "method": "POST",
  "path": "/_mock/journal/verify/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": true
 },
 {
  "operationId": "readJournalEntry",
  "method": "GET",
  "path": "/_mock/journal/{number}/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "number",
    "in": "path",
    "required": true,
    "schema": {
     "type": "integer"
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "readSettings",
  "method": "GET",
  "path": "/_mock/settings/",
  "authority": "server",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "changeSettings",
  "method": "PUT",
  "path": "/_mock/settings/",
  "authority": "server",
  "parameters": [],
  "bodyRequired": true
 },
 {
  "operationId": "shutDown",
  "method": "POST",
  "path": "/_mock/shutdown/",
  "authority": "server",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "listSshKeys",
  "method": "GET",
  "path": "/_mock/ssh-keys/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "addSshKey",
  "method": "POST",
  "path": "/_mock/ssh-keys/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": true
 },
 {
  "operationId": "removeSshKey",
  "method": "DELETE",
  "path": "/_mock/ssh-keys/{keyId}/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "keyId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "listTenants",
  "method": "GET",
  "path": "/_mock/tenants/",
  "authority": "server",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "createTenant",
  "method": "POST",
  "path": "/_mock/tenants/",
  "authority": "server",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "deleteTenant",
  "method": "DELETE",
  "path": "/_mock/tenants/{tenantId}/",
  "authority": "server",
  "parameters": [
   {
    "name": "tenantId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "readThrottling",
  "method": "GET",
  "path": "/_mock/throttling/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "setThrottling",
  "method": "PUT",
  "path": "/_mock/throttling/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": true
 },
 {
  "operationId": "readTime",
  "method": "GET",
  "path": "/_mock/time/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "setPace",
  "method": "PUT",
  "path": "/_mock/time/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": true
 },
 {
  "operationId": "advanceTime",
  "method": "POST",
  "path": "/_mock/time/advance/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": true
 },
 {
  "operationId": "waitFor",
  "method": "GET",
  "path": "/_mock/wait/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "job",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "cluster",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "status",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "request",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "count",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "settled",
    "in": "query",
    "required": false,
    "schema": {
     "type": "boolean"
    }
   },
   {
    "name": "timeout",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string",
     "default": "30s"
    }
   },
   {
    "name": "clock",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string",
     "enum": [
      "real",
      "virtual"
     ],
     "default": "real"
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "readWorld",
  "method": "GET",
  "path": "/_mock/world/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "exportWorld",
  "method": "GET",
  "path": "/_mock/world/export/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "forkWorld",
  "method": "POST",
  "path": "/_mock/world/fork/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "importWorld",
  "method": "POST",
  "path": "/_mock/world/import/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": true
 },
 {
  "operationId": "resetWorld",
  "method": "POST",
  "path": "/_mock/world/reset/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "seedWorld",
  "method": "POST",
  "path": "/_mock/world/seed/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": true
 },
 {
  "operationId": "listSnapshots",
  "method": "GET",
  "path": "/_mock/world/snapshots/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "takeSnapshot",
  "method": "POST",
  "path": "/_mock/world/snapshots/",
  "authority": "tenant",
  "parameters": [],
  "bodyRequired": false
 },
 {
  "operationId": "dropSnapshot",
  "method": "DELETE",
  "path": "/_mock/world/snapshots/{name}/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "name",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "bodyRequired": false
 },
 {
  "operationId": "restoreSnapshot",
  "method": "POST",
  "path": "/_mock/world/snapshots/{name}/restore/",
  "authority": "tenant",
  "parameters": [
   {
    "name": "name",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "bodyRequired": false
 }
]

/** The JSON bodies that controls take. */
export const controlBodies: Readonly<Partial<Record<ControlId, BodySchema>>> = {
 "addSshKey": {
  "type": "object",
  "properties": {
   "publicKey": {
    "type": "string"
   }
  },
  "required": [
   "publicKey"
  ]
 },
 "advanceTime": {
  "type": "object",
  "properties": {
   "by": {
    "type": "string"
   },
   "patience": {
    "type": "string"
   },
   "until": {
    "oneOf": [
     {
      "type": "string",
      "enum": [
       "next",
       "settled"
      ]
     },
     {
      "type": "object",
      "properties": {
       "job": {
        "type": "string"
       },
       "cluster": {
        "type": "string"
       },
       "status": {
        "type": "string"
       }
      },
      "required": [
       "status"
      ]
     }
    ]
   }
  }
 },
 "changeSettings": {
  "type": "object",
  "properties": {
   "pace": {
    "type": "string"
   },
   "throttling": {
    "type": "boolean"
   }
  }
 },
 "createTenant": {
  "type": "object",
  "properties": {
   "apiKey": {
    "type": "string",
    "minLength": 1,
    "pattern": "^[0-9a-f]{40}$"
   }
  }
 },
 "forkWorld": {
  "type": "object",
  "properties": {
   "apiKey": {
    "type": "string",
    "minLength": 1,
    "pattern": "^[0-9a-f]{40}$"
   },
   "snapshot": {
    "type": "string"
   }
  }
 },
 "planFaults": {
  "type": "object",
  "properties": {
   "name": {
    "type": "string"
   },
   "onlyByHeader": {
    "type": "boolean"
   },
   "faults": {
    "type": "array",
    "minItems": 1,
    "maxItems": 1000,
    "items": {
     "oneOf": [
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "status"
         ]
        },
        "status": {
         "type": "integer",
         "minimum": 200,
         "maximum": 599
        },
        "headers": {
         "type": "object",
         "additionalProperties": {
          "type": "string"
         }
        },
        "body": {},
        "retryAfter": {
         "type": "integer",
         "minimum": 0
        },
        "carriedOut": {
         "type": "boolean"
        }
       },
       "required": [
        "operation",
        "kind",
        "status"
       ]
      },
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "delay"
         ]
        },
        "when": {
         "type": "string",
         "enum": [
          "before",
          "unanswered",
          "during",
          "between"
         ]
        },
        "for": {
         "type": "string"
        },
        "afterBytes": {
         "type": "integer",
         "minimum": 0
        },
        "everyBytes": {
         "type": "integer",
         "minimum": 1
        }
       },
       "required": [
        "operation",
        "kind",
        "when",
        "for"
       ]
      },
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "reset"
         ]
        },
        "when": {
         "type": "string",
         "enum": [
          "before",
          "unanswered",
          "during",
          "after"
         ]
        },
        "afterBytes": {
         "type": "integer",
         "minimum": 0
        }
       },
       "required": [
        "operation",
        "kind",
        "when"
       ]
      },
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "cut"
         ]
        },
        "afterBytes": {
         "type": "integer",
         "minimum": 0
        },
        "contentLength": {
         "oneOf": [
          {
           "type": "string",
           "enum": [
            "honest",
            "lying"
           ]
          },
          {
           "type": "integer",
           "minimum": 0
          }
         ]
        }
       },
       "required": [
        "operation",
        "kind",
        "afterBytes"
       ]
      },
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "flip-byte"
         ]
        },
        "offset": {
         "type": "integer",
         "minimum": 0
        }
       },
       "required": [
        "operation",
        "kind",
        "offset"
       ]
      },
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "ignore-range"
         ]
        }
       },
       "required": [
        "operation",
        "kind"
       ]
      },
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "wrong-checksum"
         ]
        }
       },
       "required": [
        "operation",
        "kind"
       ]
      },
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "duplicate-items"
         ]
        },
        "count": {
         "type": "integer",
         "minimum": 1
        }
       },
       "required": [
        "operation",
        "kind"
       ]
      },
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "reorder-items"
         ]
        }
       },
       "required": [
        "operation",
        "kind"
       ]
      },
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "late-completed"
         ]
        }
       },
       "required": [
        "operation",
        "kind"
       ]
      },
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "expired-key"
         ]
        }
       },
       "required": [
        "operation",
        "kind"
       ]
      },
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "none"
         ]
        }
       },
       "required": [
        "operation",
        "kind"
       ]
      },
      {
       "type": "object",
       "properties": {
        "operation": {
         "type": "string"
        },
        "job": {
         "type": "string"
        },
        "file": {
         "type": "string"
        },
        "times": {
         "type": "integer",
         "minimum": 1
        },
        "chance": {
         "type": "number",
         "minimum": 0,
         "maximum": 1
        },
        "kind": {
         "type": "string",
         "enum": [
          "together"
         ]
        },
        "faults": {
         "type": "array",
         "minItems": 2,
         "maxItems": 10,
         "items": {
          "oneOf": [
           {
            "type": "object",
            "properties": {
             "kind": {
              "type": "string",
              "enum": [
               "status"
              ]
             },
             "status": {
              "type": "integer",
              "minimum": 200,
              "maximum": 599
             },
             "headers": {
              "type": "object",
              "additionalProperties": {
               "type": "string"
              }
             },
             "body": {},
             "retryAfter": {
              "type": "integer",
              "minimum": 0
             },
             "carriedOut": {
              "type": "boolean"
             }
            },
            "required": [
             "kind",
             "status"
            ]
           },
           {
            "type": "object",
            "properties": {
             "kind": {
              "type": "string",
              "enum": [
               "delay"
              ]
             },
             "when": {
              "type": "string",
              "enum": [
               "before",
               "unanswered",
               "during",
               "between"
              ]
             },
             "for": {
              "type": "string"
             },
             "afterBytes": {
              "type": "integer",
              "minimum": 0
             },
             "everyBytes": {
              "type": "integer",
              "minimum": 1
             }
            },
            "required": [
             "kind",
             "when",
             "for"
            ]
           },
           {
            "type": "object",
            "properties": {
             "kind": {
              "type": "string",
              "enum": [
               "reset"
              ]
             },
             "when": {
              "type": "string",
              "enum": [
               "before",
               "unanswered",
               "during",
               "after"
              ]
             },
             "afterBytes": {
              "type": "integer",
              "minimum": 0
             }
            },
            "required": [
             "kind",
             "when"
            ]
           },
           {
            "type": "object",
            "properties": {
             "kind": {
              "type": "string",
              "enum": [
               "cut"
              ]
             },
             "afterBytes": {
              "type": "integer",
              "minimum": 0
             },
             "contentLength": {
              "oneOf": [
               {
                "type": "string",
                "enum": [
                 "honest",
                 "lying"
                ]
               },
               {
                "type": "integer",
                "minimum": 0
               }
              ]
             }
            },
            "required": [
             "kind",
             "afterBytes"
            ]
           },
           {
            "type": "object",
            "properties": {
             "kind": {
              "type": "string",
              "enum": [
               "flip-byte"
              ]
             },
             "offset": {
              "type": "integer",
              "minimum": 0
             }
            },
            "required": [
             "kind",
             "offset"
            ]
           },
           {
            "type": "object",
            "properties": {
             "kind": {
              "type": "string",
              "enum": [
               "ignore-range"
              ]
             }
            },
            "required": [
             "kind"
            ]
           },
           {
            "type": "object",
            "properties": {
             "kind": {
              "type": "string",
              "enum": [
               "wrong-checksum"
              ]
             }
            },
            "required": [
             "kind"
            ]
           },
           {
            "type": "object",
            "properties": {
             "kind": {
              "type": "string",
              "enum": [
               "duplicate-items"
              ]
             },
             "count": {
              "type": "integer",
              "minimum": 1
             }
            },
            "required": [
             "kind"
            ]
           },
           {
            "type": "object",
            "properties": {
             "kind": {
              "type": "string",
              "enum": [
               "reorder-items"
              ]
             }
            },
            "required": [
             "kind"
            ]
           },
           {
            "type": "object",
            "properties": {
             "kind": {
              "type": "string",
              "enum": [
               "late-completed"
              ]
             }
            },
            "required": [
             "kind"
            ]
           },
           {
            "type": "object",
            "properties": {
             "kind": {
              "type": "string",
              "enum": [
               "expired-key"
              ]
             }
            },
            "required": [
             "kind"
            ]
           },
           {
            "type": "object",
            "properties": {
             "kind": {
              "type": "string",
              "enum": [
               "none"
              ]
             }
            },
            "required": [
             "kind"
            ]
           }
          ]
         }
        }
       },
       "required": [
        "operation",
        "kind",
        "faults"
       ]
      }
     ]
    }
   }
  },
  "required": [
   "faults"
  ]
 },
 "seedWorld": {
  "type": "object",
  "properties": {
   "catalogue": {
    "type": "object",
    "properties": {
     "coreTypes": {
      "type": "array",
      "items": {
       "type": "object",
       "properties": {
        "code": {
         "type": "string",
         "minLength": 1,
         "maxLength": 100
        },
        "name": {
         "type": "string",
         "minLength": 1
        },
        "description": {
         "type": "string"
        },
        "cores": {
         "type": "array",
         "minItems": 1,
         "items": {
          "type": "integer",
          "minimum": 1
         }
        },
        "gpuCounts": {
         "type": "array",
         "items": {
          "type": "number",
          "minimum": 0
         }
        },
        "price": {
         "type": "number",
         "minimum": 0
        },
        "lowPriorityPrice": {
         "type": "string",
         "minLength": 1,
         "pattern": "^\\d+\\.\\d+$"
        },
        "compute": {
         "type": "string",
         "nullable": true
        },
        "io": {
         "type": "string"
        },
        "storageIo": {
         "type": "string"
        },
        "memory": {
         "type": "integer",
         "minimum": 0
        },
        "storage": {
         "type": "integer",
         "minimum": 0
        },
        "processorInfo": {
         "type": "string"
        },
        "baseClockSpeed": {
         "type": "string"
        },
        "hasSsd": {
         "type": "boolean"
        },
        "isActive": {
         "type": "boolean"
        },
        "isDefault": {
         "type": "boolean"
        },
        "isDeprecated": {
         "type": "boolean"
        },
        "isPrimary": {
         "type": "boolean"
        },
        "mustBeRequested": {
         "type": "boolean"
        },
        "remoteVizAllowed": {
         "type": "boolean"
        },
        "walltimeRequired": {
         "type": "boolean"
        },
        "maxWalltime": {
         "type": "integer",
         "nullable": true,
         "minimum": 1
        },
        "displayOrder": {
         "type": "integer",
         "nullable": true
        },
        "categoryCodes": {
         "type": "array",
         "items": {
          "type": "string"
         }
        },
        "color": {
         "type": "string"
        },
        "provider": {
         "type": "string"
        },
        "interconnect": {
         "type": "string"
        }
       },
       "required": [
        "code"
       ]
      }
     },
     "analyses": {
      "type": "array",
      "items": {
       "type": "object",
       "properties": {
        "code": {
         "type": "string",
         "minLength": 1,
         "maxLength": 100
        },
        "name": {
         "type": "string",
         "minLength": 1
        },
        "description": {
         "type": "string"
        },
        "vendorName": {
         "type": "string"
        },
        "category": {
         "type": "string"
        },
        "thumbnail": {
         "type": "string",
         "nullable": true
        },
        "industries": {
         "type": "array",
         "items": {
          "type": "object",
          "properties": {
           "name": {
            "type": "string"
           },
           "icon": {
            "type": "string",
            "nullable": true
           }
          },
          "required": [
           "name"
          ]
         }
        },
        "versions": {
         "type": "array",
         "minItems": 1,
         "items": {
          "type": "object",
          "properties": {
           "id": {
            "type": "string",
            "minLength": 1,
            "maxLength": 100
           },
           "version": {
            "type": "string",
            "minLength": 1
           },
           "versionCode": {
            "type": "string",
            "minLength": 1,
            "maxLength": 100
           },
           "type": {
            "type": "string",
            "enum": [
             "compute",
             "interactive"
            ]
           },
           "oses": {
            "type": "array",
            "minItems": 1,
            "items": {
             "type": "string",
             "enum": [
              "linux",
              "windows"
             ]
            }
           },
           "allowedCoreTypes": {
            "type": "array",
            "items": {
             "type": "string"
            }
           },
           "stdCommand": {
            "type": "string"
           },
           "smpCommand": {
            "type": "string"
           },
           "mpiCommand": {
            "type": "string"
           },
           "eula": {
            "type": "string",
            "nullable": true
           },
           "mustBeRequested": {
            "type": "boolean"
           }
          },
          "required": [
           "versionCode"
          ]
         }
        },
        "supportDesks": {
         "type": "array",
         "items": {
          "type": "object",
          "properties": {
           "code": {
            "type": "string"
           },
           "displayName": {
            "type": "string"
           },
           "email": {
            "type": "string"
           }
          },
          "required": [
           "code",
           "displayName"
          ]
         }
        },
        "licenseSettings": {
         "type": "array",
         "items": {
          "type": "object",
          "properties": {
           "name": {
            "type": "string"
           },
           "label": {
            "type": "string"
           },
           "helpText": {
            "type": "string"
           },
           "licenseType": {
            "type": "string"
           },
           "isServer": {
            "type": "boolean"
           }
          },
          "required": [
           "name",
           "label",
           "helpText",
           "licenseType",
           "isServer"
          ]
         }
        },
        "hasRescaleLicense": {
         "type": "boolean"
        },
        "hasShortTermLicense": {
         "type": "boolean"
        },
        "hasOnDemandLicense": {
         "type": "boolean"
        },
        "pricing": {
         "type": "string",
         "nullable": true
        },
        "optimizerType": {
         "type": "integer",
         "nullable": true
        },
        "resources": {
         "type": "array",
         "items": {
          "type": "object",
          "properties": {
           "name": {
            "type": "string"
           },
           "url": {
            "type": "string"
           }
          },
          "required": [
           "name",
           "url"
          ]
         }
        },
        "displayOrder": {
         "type": "integer",
         "nullable": true
        }
       },
       "required": [
        "code"
       ]
      }
     },
     "computePrices": {
      "type": "array",
      "items": {
       "type": "object",
       "properties": {
        "coreType": {
         "type": "string",
         "minLength": 1
        },
        "planType": {
         "type": "string",
         "enum": [
          "on-demand",
          "on-demand-pro"
         ]
        },
        "os": {
         "type": "string",
         "enum": [
          "linux",
          "windows"
         ]
        },
        "isActive": {
         "type": "boolean"
        },
        "value": {
         "type": "object",
         "properties": {
          "amount": {
           "type": "string",
           "minLength": 1,
           "pattern": "^\\d+(\\.\\d+)?$"
          },
          "currency": {
           "type": "string",
           "minLength": 1
          }
         },
         "required": [
          "amount"
         ]
        }
       },
       "required": [
        "coreType",
        "planType",
        "os",
        "value"
       ]
      }
     },
     "projects": {
      "type": "array",
      "items": {
       "type": "object",
       "properties": {
        "id": {
         "type": "string",
         "minLength": 1,
         "pattern": "^[A-Za-z]{5,6}$"
        },
        "name": {
         "type": "string",
         "minLength": 1
        }
       },
       "required": [
        "name"
       ]
      }
     }
    }
   },
   "files": {
    "type": "array",
    "items": {
     "type": "object",
     "properties": {
      "name": {
       "type": "string",
       "minLength": 1
      },
      "text": {
       "type": "string",
       "verbatim": true
      },
      "base64": {
       "type": "string"
      }
     },
     "required": [
      "name"
     ]
    }
   },
   "storageDevices": {
    "type": "array",
    "items": {
     "type": "object",
     "additionalProperties": true
    }
   },
   "jobs": {
    "type": "array",
    "items": {
     "type": "object",
     "additionalProperties": true
    }
   }
  }
 },
 "setJobOutcome": {
  "type": "object",
  "properties": {
   "ending": {
    "type": "string"
   }
  },
  "required": [
   "ending"
  ]
 },
 "setPace": {
  "type": "object",
  "properties": {
   "pace": {
    "type": "string"
   }
  },
  "required": [
   "pace"
  ]
 },
 "setThrottling": {
  "type": "object",
  "properties": {
   "isOn": {
    "type": "boolean"
   },
   "limits": {
    "type": "object",
    "properties": {
     "user": {
      "type": "integer",
      "minimum": 1,
      "maximum": 1000000
     },
     "job-submission": {
      "type": "integer",
      "minimum": 1,
      "maximum": 1000000
     },
     "jobs-usage": {
      "type": "integer",
      "minimum": 1,
      "maximum": 1000000
     }
    }
   }
  },
  "required": [
   "isOn"
  ]
 },
 "switchJournal": {
  "type": "object",
  "properties": {
   "isOn": {
    "type": "boolean"
   }
  },
  "required": [
   "isOn"
  ]
 },
 "takeSnapshot": {
  "type": "object",
  "properties": {
   "name": {
    "type": "string",
    "minLength": 1,
    "pattern": "^[A-Za-z0-9][A-Za-z0-9._ -]{0,99}$"
   }
  }
 },
 "verifyJournal": {
  "type": "object",
  "properties": {
   "request": {
    "type": "object",
    "properties": {
     "operation": {
      "type": "string"
     },
     "method": {
      "type": "string"
     },
     "path": {
      "type": "string"
     },
     "status": {
      "type": "string"
     },
     "job": {
      "type": "string"
     },
     "file": {
      "type": "string"
     },
     "search": {
      "type": "string"
     },
     "failed": {
      "type": "boolean"
     },
     "faulty": {
      "type": "boolean"
     },
     "query": {
      "type": "object",
      "additionalProperties": {
       "type": "string"
      }
     },
     "headers": {
      "type": "object",
      "additionalProperties": {
       "type": "string"
      }
     },
     "body": {},
     "after": {
      "type": "integer",
      "minimum": 0
     }
    }
   },
   "exactly": {
    "type": "integer",
    "minimum": 0
   },
   "atLeast": {
    "type": "integer",
    "minimum": 0
   },
   "atMost": {
    "type": "integer",
    "minimum": 0
   },
   "sequence": {
    "type": "array",
    "minItems": 1,
    "maxItems": 100,
    "items": {
     "type": "object",
     "properties": {
      "operation": {
       "type": "string"
      },
      "method": {
       "type": "string"
      },
      "path": {
       "type": "string"
      },
      "status": {
       "type": "string"
      },
      "job": {
       "type": "string"
      },
      "file": {
       "type": "string"
      },
      "search": {
       "type": "string"
      },
      "failed": {
       "type": "boolean"
      },
      "faulty": {
       "type": "boolean"
      },
      "query": {
       "type": "object",
       "additionalProperties": {
        "type": "string"
       }
      },
      "headers": {
       "type": "object",
       "additionalProperties": {
        "type": "string"
       }
      },
      "body": {},
      "after": {
       "type": "integer",
       "minimum": 0
      }
     }
    }
   },
   "timeout": {
    "type": "string"
   }
  }
 }
}
