// Generated from openapi/rescale.yaml by `npm run generate`.
import type { Answer, Route } from '../route.ts'

export type OperationId =
  | 'addJobTag'
  | 'assignJobToProject'
  | 'attachStorageDevice'
  | 'createJob'
  | 'createStorageDevice'
  | 'deleteFile'
  | 'deleteJob'
  | 'downloadFile'
  | 'downloadFilesToStorageDevice'
  | 'forceStopJob'
  | 'getAnalysis'
  | 'getApiRoot'
  | 'getConnectionDetails'
  | 'getCurrentUser'
  | 'getFile'
  | 'getJob'
  | 'getJobCustomFields'
  | 'getRun'
  | 'getStorageDevice'
  | 'listAnalyses'
  | 'listClusterStatuses'
  | 'listComputePrices'
  | 'listCoreTypes'
  | 'listFileLines'
  | 'listFiles'
  | 'listInstances'
  | 'listJobFiles'
  | 'listJobStatuses'
  | 'listJobTags'
  | 'listJobs'
  | 'listMyProjects'
  | 'listRunDirectory'
  | 'listRunFiles'
  | 'listRuns'
  | 'listStorageDeviceStatuses'
  | 'listStorageDevices'
  | 'listStorageRegions'
  | 'removeJobTag'
  | 'replaceJob'
  | 'replaceUploadFile'
  | 'setJobCustomFields'
  | 'shareJob'
  | 'shutDownStorageDevice'
  | 'snapshotRun'
  | 'stopJob'
  | 'stopRun'
  | 'submitJob'
  | 'submitStorageDevice'
  | 'tailRunFile'
  | 'updateFile'
  | 'updateJob'
  | 'uploadFile'

/** The most concrete path first. */
export const routes: readonly Route<OperationId>[] = [
 {
  "operationId": "getApiRoot",
  "method": "GET",
  "path": "/api/v2/",
  "segments": [
   "api",
   "v2"
  ],
  "trailingSlash": true,
  "tag": "root",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "RPY, IL",
   "date": "2026-06"
  },
  "requestBody": null,
  "parameters": [],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listAnalyses",
  "method": "GET",
  "path": "/api/v2/analyses/",
  "segments": [
   "api",
   "v2",
   "analyses"
  ],
  "trailingSlash": true,
  "tag": "analyses",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, NB 19-20, IL",
   "date": "2026-06"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   },
   {
    "name": "code",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "getAnalysis",
  "method": "GET",
  "path": "/api/v2/analyses/{code}/",
  "segments": [
   "api",
   "v2",
   "analyses",
   {
    "parameter": "code",
    "wildcard": false
   }
  ],
  "trailingSlash": true,
  "tag": "analyses",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "RS20",
   "date": "2020-03"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "code",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listComputePrices",
  "method": "GET",
  "path": "/api/v2/billing/computeprices/",
  "segments": [
   "api",
   "v2",
   "billing",
   "computeprices"
  ],
  "trailingSlash": true,
  "tag": "billing",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "NB 17-18",
   "date": "2023-09"
  },
  "requestBody": null,
  "parameters": [],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listCoreTypes",
  "method": "GET",
  "path": "/api/v2/coretypes/",
  "segments": [
   "api",
   "v2",
   "coretypes"
  ],
  "trailingSlash": true,
  "tag": "coretypes",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, NB 10-15, IL",
   "date": "2026-06"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   },
   {
    "name": "isActive",
    "in": "query",
    "required": false,
    "schema": {
     "type": "boolean"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listFiles",
  "method": "GET",
  "path": "/api/v2/files/",
  "segments": [
   "api",
   "v2",
   "files"
  ],
  "trailingSlash": true,
  "tag": "files",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, NB 82, RS20, KT19",
   "date": "2023-09"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
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
    "name": "owner",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "enum": [
      1
     ]
    }
   },
   {
    "name": "ordering",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "uploadFile",
  "method": "POST",
  "path": "/api/v2/files/contents/",
  "segments": [
   "api",
   "v2",
   "files",
   "contents"
  ],
  "trailingSlash": true,
  "tag": "files",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, NB 41, RPY, DOEC, RS20, AE26",
   "date": "2026-08"
  },
  "requestBody": {
   "kind": "multipart",
   "required": true,
   "mediaTypes": [
    "multipart/form-data"
   ]
  },
  "parameters": [],
  "answers": {
   "201": {
    "content": {
     "text/plain": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "replaceUploadFile",
  "method": "PUT",
  "path": "/api/v2/files/contents/",
  "segments": [
   "api",
   "v2",
   "files",
   "contents"
  ],
  "trailingSlash": true,
  "tag": "files",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "SDK19, SDK3",
   "date": "2020"
  },
  "requestBody": {
   "kind": "multipart",
   "required": true,
   "mediaTypes": [
    "multipart/form-data"
   ]
  },
  "parameters": [],
  "answers": {
   "201": {
    "content": {
     "text/plain": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "deleteFile",
  "method": "DELETE",
  "path": "/api/v2/files/{fileId}/",
  "segments": [
   "api",
   "v2",
   "files",
   {
    "parameter": "fileId",
    "wildcard": false
   }
  ],
  "trailingSlash": true,
  "tag": "files",
  "security": true,
  "evidence": {
   "grade": "docs",
   "source": "D16, NB 82-83, IL",
   "date": "2026-06"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "fileId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "204": {
    "content": {},
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "getFile",
  "method": "GET",
  "path": "/api/v2/files/{fileId}/",
  "segments": [
   "api",
   "v2",
   "files",
   {
    "parameter": "fileId",
    "wildcard": false
   }
  ],
  "trailingSlash": true,
  "tag": "files",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, NB 54, 75, IL",
   "date": "2026-06"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "fileId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "updateFile",
  "method": "PATCH",
  "path": "/api/v2/files/{fileId}/",
  "segments": [
   "api",
   "v2",
   "files",
   {
    "parameter": "fileId",
    "wildcard": false
   }
  ],
  "trailingSlash": true,
  "tag": "files",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, DK17",
   "date": "2017"
  },
  "requestBody": {
   "kind": "json",
   "required": true,
   "mediaTypes": [
    "application/json"
   ]
  },
  "parameters": [
   {
    "name": "fileId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "downloadFile",
  "method": "GET",
  "path": "/api/v2/files/{fileId}/contents/",
  "segments": [
   "api",
   "v2",
   "files",
   {
    "parameter": "fileId",
    "wildcard": false
   },
   "contents"
  ],
  "trailingSlash": true,
  "tag": "files",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "D16, NB 51, 72-75",
   "date": "2023-09"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "fileId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "Range",
    "in": "header",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "If-Range",
    "in": "header",
    "required": false,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "If-None-Match",
    "in": "header",
    "required": false,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/octet-stream": "binary",
     "text/plain": "text"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "accept-ranges",
     "content-disposition",
     "content-length",
     "etag"
    ]
   },
   "206": {
    "content": {
     "application/octet-stream": "binary",
     "text/plain": "text",
     "multipart/byteranges": "binary"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "accept-ranges",
     "content-disposition",
     "content-length",
     "content-range",
     "etag"
    ]
   },
   "304": {
    "content": {},
    "requiredHeaders": [],
    "optionalHeaders": [
     "accept-ranges",
     "etag"
    ]
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "416": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "content-range"
    ],
    "optionalHeaders": [
     "accept-ranges",
     "etag"
    ]
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listFileLines",
  "method": "GET",
  "path": "/api/v2/files/{fileId}/lines/",
  "segments": [
   "api",
   "v2",
   "files",
   {
    "parameter": "fileId",
    "wildcard": false
   },
   "lines"
  ],
  "trailingSlash": true,
  "tag": "files",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, NB 39, 71, 80, RS20",
   "date": "2023-09"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "fileId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listJobs",
  "method": "GET",
  "path": "/api/v2/jobs/",
  "segments": [
   "api",
   "v2",
   "jobs"
  ],
  "trailingSlash": true,
  "tag": "jobs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, NB 23-24",
   "date": "2023-09"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   },
   {
    "name": "state",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string",
     "enum": [
      "completed",
      "not_completed"
     ]
    }
   },
   {
    "name": "job_status",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string",
     "enum": [
      "PENDING",
      "QUEUED",
      "STARTED",
      "VALIDATED",
      "EXECUTING",
      "COMPLETED",
      "STOPPING",
      "WAITING_FOR_CLUSTER",
      "FORCE_STOP",
      "WAITING_FOR_QUEUE"
     ]
    }
   },
   {
    "name": "t",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string",
     "enum": [
      "1"
     ]
    }
   },
   {
    "name": "f",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string",
     "enum": [
      "1"
     ]
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
    "name": "ordering",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "createJob",
  "method": "POST",
  "path": "/api/v2/jobs/",
  "segments": [
   "api",
   "v2",
   "jobs"
  ],
  "trailingSlash": true,
  "tag": "jobs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, B21, NB 28-30, MSJ25",
   "date": "2025-08"
  },
  "requestBody": {
   "kind": "json",
   "required": true,
   "mediaTypes": [
    "application/json"
   ]
  },
  "parameters": [],
  "answers": {
   "201": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "deleteJob",
  "method": "DELETE",
  "path": "/api/v2/jobs/{jobId}/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   }
  ],
  "trailingSlash": true,
  "tag": "jobs",
  "security": true,
  "evidence": {
   "grade": "docs",
   "source": "D16, NB 45-47",
   "date": "2023-09"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "deleteInputFiles",
    "in": "query",
    "required": false,
    "schema": {
     "type": "boolean",
     "default": false
    }
   }
  ],
  "answers": {
   "204": {
    "content": {},
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "getJob",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   }
  ],
  "trailingSlash": true,
  "tag": "jobs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, B21, NB 22, JH24",
   "date": "2024"
  },
  "requestBody": null,
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
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "updateJob",
  "method": "PATCH",
  "path": "/api/v2/jobs/{jobId}/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   }
  ],
  "trailingSlash": true,
  "tag": "jobs",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "D16, NB 44-45, RPY, MC26",
   "date": "2026-08"
  },
  "requestBody": {
   "kind": "json",
   "required": true,
   "mediaTypes": [
    "application/json"
   ]
  },
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
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "replaceJob",
  "method": "PUT",
  "path": "/api/v2/jobs/{jobId}/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   }
  ],
  "trailingSlash": true,
  "tag": "jobs",
  "security": true,
  "evidence": {
   "grade": "docs",
   "source": "D16",
   "date": "2016-06"
  },
  "requestBody": {
   "kind": "json",
   "required": true,
   "mediaTypes": [
    "application/json"
   ]
  },
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
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listClusterStatuses",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/cluster_statuses/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "cluster_statuses"
  ],
  "trailingSlash": true,
  "tag": "clusters",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, NB 45-47",
   "date": "2023-09"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "getConnectionDetails",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/connection_details/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "connection_details"
  ],
  "trailingSlash": true,
  "tag": "clusters",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "IL",
   "date": "2026-06"
  },
  "requestBody": null,
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
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "getJobCustomFields",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/custom-fields/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "custom-fields"
  ],
  "trailingSlash": true,
  "tag": "sharing",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "NF, MC26, IL",
   "date": "2026-08"
  },
  "requestBody": null,
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
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "setJobCustomFields",
  "method": "POST",
  "path": "/api/v2/jobs/{jobId}/custom-fields/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "custom-fields"
  ],
  "trailingSlash": true,
  "tag": "sharing",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "NF, MC26, IL",
   "date": "2026-08"
  },
  "requestBody": {
   "kind": "json",
   "required": true,
   "mediaTypes": [
    "application/json"
   ]
  },
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
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listJobFiles",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/files/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "files"
  ],
  "trailingSlash": true,
  "tag": "jobs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, NB 37-39, 52-54, IL, SH23",
   "date": "2026-06"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   },
   {
    "name": "search",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "forceStopJob",
  "method": "POST",
  "path": "/api/v2/jobs/{jobId}/force_stop/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "force_stop"
  ],
  "trailingSlash": true,
  "tag": "jobs",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "FS, NB 69, RES",
   "date": "2023-09"
  },
  "requestBody": {
   "kind": "json",
   "required": false,
   "mediaTypes": [
    "application/json"
   ]
  },
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
  "answers": {
   "202": {
    "content": {},
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listInstances",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/instances/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "instances"
  ],
  "trailingSlash": true,
  "tag": "clusters",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "NB 62-64, NBo, B21, SI21",
   "date": "2023-09"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listRuns",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/runs/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "runs"
  ],
  "trailingSlash": true,
  "tag": "runs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, IL, DOEC",
   "date": "2026-06"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "getRun",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/runs/{runId}/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "runs",
   {
    "parameter": "runId",
    "wildcard": false
   }
  ],
  "trailingSlash": true,
  "tag": "runs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16",
   "date": "2016-06"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "runId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listRunDirectory",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/runs/{runId}/directory-contents/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "runs",
   {
    "parameter": "runId",
    "wildcard": false
   },
   "directory-contents"
  ],
  "trailingSlash": true,
  "tag": "runs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, TN21, KT19",
   "date": "2021"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "runId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listRunFiles",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/runs/{runId}/files/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "runs",
   {
    "parameter": "runId",
    "wildcard": false
   },
   "files"
  ],
  "trailingSlash": true,
  "tag": "runs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, TN21, IL",
   "date": "2026-06"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "runId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "snapshotRun",
  "method": "POST",
  "path": "/api/v2/jobs/{jobId}/runs/{runId}/snapshot/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "runs",
   {
    "parameter": "runId",
    "wildcard": false
   },
   "snapshot"
  ],
  "trailingSlash": true,
  "tag": "runs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16",
   "date": "2016-06"
  },
  "requestBody": {
   "kind": "json",
   "required": false,
   "mediaTypes": [
    "application/json"
   ]
  },
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "runId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "stopRun",
  "method": "POST",
  "path": "/api/v2/jobs/{jobId}/runs/{runId}/stop/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "runs",
   {
    "parameter": "runId",
    "wildcard": false
   },
   "stop"
  ],
  "trailingSlash": true,
  "tag": "runs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16",
   "date": "2016-06"
  },
  "requestBody": {
   "kind": "json",
   "required": false,
   "mediaTypes": [
    "application/json"
   ]
  },
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "runId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "tailRunFile",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/runs/{runId}/tail/{path}",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "runs",
   {
    "parameter": "runId",
    "wildcard": false
   },
   "tail",
   {
    "parameter": "path",
    "wildcard": true
   }
  ],
  "trailingSlash": false,
  "tag": "runs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, SI21, TN21",
   "date": "2021-09"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "runId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "path",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "lines",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json",
     "text/plain": "text",
     "application/octet-stream": "binary"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "shareJob",
  "method": "POST",
  "path": "/api/v2/jobs/{jobId}/share/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "share"
  ],
  "trailingSlash": true,
  "tag": "sharing",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, B21",
   "date": "2021-06"
  },
  "requestBody": {
   "kind": "json",
   "required": true,
   "mediaTypes": [
    "application/json"
   ]
  },
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
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listJobStatuses",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/statuses/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "statuses"
  ],
  "trailingSlash": true,
  "tag": "jobs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, DK17, NBo, NF",
   "date": "2025-04"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "stopJob",
  "method": "POST",
  "path": "/api/v2/jobs/{jobId}/stop/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "stop"
  ],
  "trailingSlash": true,
  "tag": "jobs",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "D16, NBo, B21, NF",
   "date": "2025-04"
  },
  "requestBody": {
   "kind": "json",
   "required": false,
   "mediaTypes": [
    "application/json"
   ]
  },
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
  "answers": {
   "202": {
    "content": {},
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "attachStorageDevice",
  "method": "POST",
  "path": "/api/v2/jobs/{jobId}/storage-devices/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "storage-devices"
  ],
  "trailingSlash": true,
  "tag": "storage",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "NF, TS19, B21, SDK3",
   "date": "2025-04"
  },
  "requestBody": {
   "kind": "json",
   "required": true,
   "mediaTypes": [
    "application/json"
   ]
  },
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
  "answers": {
   "201": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "submitJob",
  "method": "POST",
  "path": "/api/v2/jobs/{jobId}/submit/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "submit"
  ],
  "trailingSlash": true,
  "tag": "jobs",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "D16, NB 32-33, B21, SI21, IL, PY26",
   "date": "2026-08"
  },
  "requestBody": {
   "kind": "json",
   "required": false,
   "mediaTypes": [
    "application/json"
   ]
  },
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
  "answers": {
   "200": {
    "content": {},
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "removeJobTag",
  "method": "DELETE",
  "path": "/api/v2/jobs/{jobId}/tags/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "tags"
  ],
  "trailingSlash": true,
  "tag": "sharing",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "MC26, IL",
   "date": "2026-08"
  },
  "requestBody": {
   "kind": "json",
   "required": false,
   "mediaTypes": [
    "application/json"
   ]
  },
  "parameters": [
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "name",
    "in": "query",
    "required": false,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "204": {
    "content": {},
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listJobTags",
  "method": "GET",
  "path": "/api/v2/jobs/{jobId}/tags/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "tags"
  ],
  "trailingSlash": true,
  "tag": "sharing",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "IL",
   "date": "2026-06"
  },
  "requestBody": null,
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
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "addJobTag",
  "method": "POST",
  "path": "/api/v2/jobs/{jobId}/tags/",
  "segments": [
   "api",
   "v2",
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "tags"
  ],
  "trailingSlash": true,
  "tag": "sharing",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "TCP24, MC26, IL",
   "date": "2026-08"
  },
  "requestBody": {
   "kind": "json",
   "required": true,
   "mediaTypes": [
    "application/json"
   ]
  },
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
  "answers": {
   "201": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "assignJobToProject",
  "method": "POST",
  "path": "/api/v2/organizations/{organizationCode}/jobs/{jobId}/project-assignment/",
  "segments": [
   "api",
   "v2",
   "organizations",
   {
    "parameter": "organizationCode",
    "wildcard": false
   },
   "jobs",
   {
    "parameter": "jobId",
    "wildcard": false
   },
   "project-assignment"
  ],
  "trailingSlash": true,
  "tag": "sharing",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "IL, TN21",
   "date": "2026-06"
  },
  "requestBody": {
   "kind": "json",
   "required": true,
   "mediaTypes": [
    "application/json"
   ]
  },
  "parameters": [
   {
    "name": "organizationCode",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "jobId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "201": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listStorageDevices",
  "method": "GET",
  "path": "/api/v2/storage-devices/",
  "segments": [
   "api",
   "v2",
   "storage-devices"
  ],
  "trailingSlash": true,
  "tag": "storage",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "B21, SDK3",
   "date": "2021-06"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   },
   {
    "name": "active",
    "in": "query",
    "required": false,
    "schema": {
     "type": "boolean"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "createStorageDevice",
  "method": "POST",
  "path": "/api/v2/storage-devices/",
  "segments": [
   "api",
   "v2",
   "storage-devices"
  ],
  "trailingSlash": true,
  "tag": "storage",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "B21, TS19, SDK3",
   "date": "2021-06"
  },
  "requestBody": {
   "kind": "json",
   "required": true,
   "mediaTypes": [
    "application/json"
   ]
  },
  "parameters": [],
  "answers": {
   "201": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listStorageRegions",
  "method": "GET",
  "path": "/api/v2/storage-devices/available-regions/",
  "segments": [
   "api",
   "v2",
   "storage-devices",
   "available-regions"
  ],
  "trailingSlash": true,
  "tag": "storage",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "TS19, B21",
   "date": "2021-06"
  },
  "requestBody": null,
  "parameters": [],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "getStorageDevice",
  "method": "GET",
  "path": "/api/v2/storage-devices/{deviceId}/",
  "segments": [
   "api",
   "v2",
   "storage-devices",
   {
    "parameter": "deviceId",
    "wildcard": false
   }
  ],
  "trailingSlash": true,
  "tag": "storage",
  "security": true,
  "evidence": {
   "grade": "observed",
   "source": "B21, SDK3",
   "date": "2021-06"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "deviceId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "downloadFilesToStorageDevice",
  "method": "POST",
  "path": "/api/v2/storage-devices/{deviceId}/file-downloads/",
  "segments": [
   "api",
   "v2",
   "storage-devices",
   {
    "parameter": "deviceId",
    "wildcard": false
   },
   "file-downloads"
  ],
  "trailingSlash": true,
  "tag": "storage",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "B21, SDK3",
   "date": "2021-06"
  },
  "requestBody": {
   "kind": "json",
   "required": true,
   "mediaTypes": [
    "application/json"
   ]
  },
  "parameters": [
   {
    "name": "deviceId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "201": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "415": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "shutDownStorageDevice",
  "method": "POST",
  "path": "/api/v2/storage-devices/{deviceId}/shutdown/",
  "segments": [
   "api",
   "v2",
   "storage-devices",
   {
    "parameter": "deviceId",
    "wildcard": false
   },
   "shutdown"
  ],
  "trailingSlash": true,
  "tag": "storage",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "TS19, RES",
   "date": "2022"
  },
  "requestBody": {
   "kind": "json",
   "required": false,
   "mediaTypes": [
    "application/json"
   ]
  },
  "parameters": [
   {
    "name": "deviceId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {},
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listStorageDeviceStatuses",
  "method": "GET",
  "path": "/api/v2/storage-devices/{deviceId}/statuses/",
  "segments": [
   "api",
   "v2",
   "storage-devices",
   {
    "parameter": "deviceId",
    "wildcard": false
   },
   "statuses"
  ],
  "trailingSlash": true,
  "tag": "storage",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "B21, TS19, SDK3",
   "date": "2021-06"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "deviceId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   },
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "submitStorageDevice",
  "method": "POST",
  "path": "/api/v2/storage-devices/{deviceId}/submit/",
  "segments": [
   "api",
   "v2",
   "storage-devices",
   {
    "parameter": "deviceId",
    "wildcard": false
   },
   "submit"
  ],
  "trailingSlash": true,
  "tag": "storage",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "B21, TS19, SDK3",
   "date": "2021-06"
  },
  "requestBody": {
   "kind": "json",
   "required": false,
   "mediaTypes": [
    "application/json"
   ]
  },
  "parameters": [
   {
    "name": "deviceId",
    "in": "path",
    "required": true,
    "schema": {
     "type": "string"
    }
   }
  ],
  "answers": {
   "200": {
    "content": {},
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "400": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "403": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "getCurrentUser",
  "method": "GET",
  "path": "/api/v2/users/me/",
  "segments": [
   "api",
   "v2",
   "users",
   "me"
  ],
  "trailingSlash": true,
  "tag": "users",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "NB 5-7, B21, GM25, IL, PY26",
   "date": "2026-08"
  },
  "requestBody": null,
  "parameters": [],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 },
 {
  "operationId": "listMyProjects",
  "method": "GET",
  "path": "/api/v2/users/me/projects/",
  "segments": [
   "api",
   "v2",
   "users",
   "me",
   "projects"
  ],
  "trailingSlash": true,
  "tag": "users",
  "security": true,
  "evidence": {
   "grade": "client-source",
   "source": "NB 26, NF",
   "date": "2025-04"
  },
  "requestBody": null,
  "parameters": [
   {
    "name": "page",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "default": 1,
     "minimum": 1
    }
   },
   {
    "name": "page_size",
    "in": "query",
    "required": false,
    "schema": {
     "type": "integer",
     "minimum": 1
    }
   }
  ],
  "answers": {
   "200": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "401": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [
     "www-authenticate"
    ],
    "optionalHeaders": []
   },
   "404": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": []
   },
   "429": {
    "content": {
     "application/json": "json"
    },
    "requiredHeaders": [],
    "optionalHeaders": [
     "retry-after",
     "x-ratelimit-limit",
     "x-ratelimit-remaining"
    ]
   }
  }
 }
]

/** What may be answered to a request that is no described operation: no such path, method or slash. */
export const answersOutside: Readonly<Record<string, Answer>> = {
 "301": {
  "content": {},
  "requiredHeaders": [
   "location"
  ],
  "optionalHeaders": []
 },
 "404": {
  "content": {
   "application/json": "json"
  },
  "requiredHeaders": [],
  "optionalHeaders": []
 },
 "405": {
  "content": {
   "application/json": "json"
  },
  "requiredHeaders": [
   "allow"
  ],
  "optionalHeaders": []
 }
}
