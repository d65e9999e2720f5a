// Generated from openapi/rescale.yaml by `npm run generate`.
import type { BodySchema } from '../route.ts'

/** Operations that take a JSON body. */
export type JsonBodyOperationId =
  | 'addJobTag'
  | 'assignJobToProject'
  | 'attachStorageDevice'
  | 'createJob'
  | 'createStorageDevice'
  | 'downloadFilesToStorageDevice'
  | 'forceStopJob'
  | 'removeJobTag'
  | 'replaceJob'
  | 'setJobCustomFields'
  | 'shareJob'
  | 'shutDownStorageDevice'
  | 'snapshotRun'
  | 'stopJob'
  | 'stopRun'
  | 'submitJob'
  | 'submitStorageDevice'
  | 'updateFile'
  | 'updateJob'

export const requestSchemas: Readonly<Record<JsonBodyOperationId, BodySchema>> = {
 "addJobTag": {
  "type": "object",
  "properties": {
   "name": {
    "type": "string",
    "minLength": 1,
    "maxLength": 255
   }
  },
  "required": [
   "name"
  ]
 },
 "assignJobToProject": {
  "type": "object",
  "properties": {
   "projectId": {
    "type": "string",
    "minLength": 1
   }
  },
  "required": [
   "projectId"
  ]
 },
 "attachStorageDevice": {
  "type": "object",
  "properties": {
   "storageDevice": {
    "type": "object",
    "aliases": [
     "storage_device"
    ],
    "properties": {
     "id": {
      "type": "string",
      "minLength": 1
     }
    },
    "required": [
     "id"
    ]
   }
  },
  "required": [
   "storageDevice"
  ]
 },
 "createJob": {
  "type": "object",
  "properties": {
   "name": {
    "type": "string",
    "minLength": 1,
    "maxLength": 255
   },
   "jobanalyses": {
    "type": "array",
    "minItems": 1,
    "items": {
     "type": "object",
     "properties": {
      "analysis": {
       "type": "object",
       "properties": {
        "code": {
         "type": "string",
         "minLength": 1
        },
        "version": {
         "type": "string",
         "minLength": 1
        },
        "versionName": {
         "type": "string"
        }
       },
       "required": [
        "code"
       ]
      },
      "command": {
       "type": "string",
       "minLength": 1
      },
      "hardware": {
       "type": "object",
       "properties": {
        "coreType": {
         "oneOf": [
          {
           "type": "string",
           "minLength": 1
          },
          {
           "type": "object",
           "properties": {
            "code": {
             "type": "string",
             "minLength": 1
            }
           },
           "required": [
            "code"
           ]
          }
         ]
        },
        "coresPerSlot": {
         "type": "integer",
         "minimum": 1
        },
        "slots": {
         "type": "integer",
         "default": 1,
         "minimum": 1
        },
        "walltime": {
         "type": "integer",
         "nullable": true,
         "default": null,
         "minimum": 1
        },
        "type": {
         "type": "string",
         "default": "compute",
         "enum": [
          "compute",
          "interactive"
         ]
        }
       },
       "required": [
        "coreType",
        "coresPerSlot"
       ]
      },
      "inputFiles": {
       "type": "array",
       "default": [],
       "items": {
        "type": "object",
        "properties": {
         "id": {
          "type": "string",
          "minLength": 1
         },
         "decompress": {
          "type": "boolean",
          "default": true
         }
        },
        "required": [
         "id"
        ]
       }
      },
      "inputFolders": {
       "type": "array",
       "default": [],
       "items": {
        "type": "object",
        "additionalProperties": true
       }
      },
      "envVars": {
       "type": "object",
       "nullable": true,
       "default": {},
       "additionalProperties": {
        "type": "string"
       }
      },
      "useRescaleLicense": {
       "type": "boolean",
       "default": false
      },
      "onDemandLicenseSeller": {
       "nullable": true,
       "default": null,
       "oneOf": [
        {
         "type": "object",
         "properties": {
          "code": {
           "type": "string"
          },
          "name": {
           "type": "string"
          }
         },
         "required": [
          "code",
          "name"
         ]
        },
        {
         "type": "string",
         "enum": [
          ""
         ]
        }
       ]
      },
      "userDefinedLicenseSettings": {
       "type": "object",
       "properties": {
        "featureSets": {
         "type": "array",
         "items": {
          "type": "object",
          "properties": {
           "name": {
            "type": "string"
           },
           "features": {
            "type": "array",
            "items": {
             "type": "object",
             "properties": {
              "name": {
               "type": "string"
              },
              "count": {
               "oneOf": [
                {
                 "type": "integer"
                },
                {
                 "type": "string"
                }
               ]
              }
             },
             "required": [
              "name",
              "count"
             ]
            }
           }
          },
          "required": [
           "name",
           "features"
          ]
         }
        }
       },
       "required": [
        "featureSets"
       ],
       "default": null,
       "nullable": true
      },
      "flags": {
       "type": "object",
       "properties": {
        "igCv": {
         "type": "boolean"
        },
        "runForever": {
         "type": "boolean"
        }
       },
       "additionalProperties": true
      },
      "useMpi": {
       "type": "boolean"
      },
      "templateTasks": {
       "type": "array",
       "default": [],
       "items": {
        "type": "object",
        "properties": {
         "templateFile": {
          "type": "object",
          "properties": {
           "id": {
            "type": "string",
            "minLength": 1
           }
          },
          "required": [
           "id"
          ]
         },
         "processedFilename": {
          "type": "string",
          "minLength": 1
         }
        },
        "required": [
         "templateFile",
         "processedFilename"
        ]
       }
      },
      "preProcessScript": {
       "type": "object",
       "properties": {
        "id": {
         "type": "string",
         "minLength": 1
        }
       },
       "required": [
        "id"
       ],
       "default": null,
       "nullable": true
      },
      "preProcessScriptCommand": {
       "type": "string",
       "default": ""
      },
      "postProcessScript": {
       "type": "object",
       "properties": {
        "id": {
         "type": "string",
         "minLength": 1
        }
       },
       "required": [
        "id"
       ],
       "default": null,
       "nullable": true
      },
      "postProcessScriptCommand": {
       "type": "string",
       "default": ""
      }
     },
     "required": [
      "analysis",
      "command",
      "hardware"
     ]
    }
   },
   "projectId": {
    "type": "string",
    "nullable": true,
    "default": null,
    "aliases": [
     "project_id"
    ]
   },
   "description": {
    "type": "string",
    "default": ""
   },
   "isLowPriority": {
    "type": "boolean",
    "default": false
   },
   "billingPriorityValue": {
    "type": "string",
    "enum": [
     "INSTANT",
     "ON_DEMAND",
     "RESERVED"
    ]
   },
   "isTemplate": {
    "type": "boolean",
    "default": false
   },
   "clonedFrom": {
    "type": "string",
    "nullable": true,
    "default": null
   },
   "templatedFrom": {
    "type": "string",
    "nullable": true,
    "default": null
   },
   "folderId": {
    "type": "string",
    "nullable": true,
    "default": null
   },
   "clusterId": {
    "type": "string",
    "nullable": true,
    "default": null
   },
   "cidrRule": {
    "type": "string",
    "nullable": true,
    "default": "0.0.0.0/0"
   },
   "publicKey": {
    "type": "string",
    "nullable": true,
    "default": null
   },
   "sshPort": {
    "type": "integer",
    "nullable": true,
    "default": 22,
    "minimum": 1,
    "maximum": 65535
   },
   "archiveFilters": {
    "type": "array",
    "default": [],
    "items": {
     "type": "object",
     "properties": {
      "filterType": {
       "type": "string"
      },
      "selector": {
       "type": "string"
      },
      "include": {
       "type": "boolean"
      },
      "caseSensitive": {
       "type": "boolean"
      }
     },
     "required": [
      "filterType",
      "selector",
      "include",
      "caseSensitive"
     ]
    }
   },
   "resourceFilters": {
    "type": "array",
    "default": [],
    "items": {
     "type": "object",
     "properties": {
      "filterType": {
       "type": "string"
      },
      "selector": {
       "type": "string"
      },
      "include": {
       "type": "boolean"
      },
      "caseSensitive": {
       "type": "boolean"
      }
     },
     "required": [
      "filterType",
      "selector",
      "include",
      "caseSensitive"
     ]
    }
   },
   "jobvariables": {
    "type": "array",
    "default": [],
    "items": {
     "type": "object",
     "properties": {
      "name": {
       "type": "string",
       "minLength": 1
      },
      "variableType": {
       "type": "string",
       "enum": [
        "Param",
        "Design",
        "Output",
        "Case",
        "Constraint",
        "Objective"
       ]
      },
      "displayOrder": {
       "type": "integer",
       "default": 0
      },
      "valueGeneratorType": {
       "type": "string",
       "default": ""
      },
      "valueGeneratorSettings": {
       "type": "object",
       "default": {},
       "additionalProperties": true
      }
     },
     "required": [
      "name",
      "variableType"
     ]
    }
   },
   "jobAutomations": {
    "type": "array",
    "default": [],
    "items": {
     "type": "object",
     "properties": {
      "automation": {
       "type": "object",
       "properties": {
        "id": {
         "type": "string"
        }
       },
       "required": [
        "id"
       ]
      },
      "environmentVariables": {
       "type": "object",
       "additionalProperties": {
        "type": "string"
       }
      }
     },
     "required": [
      "automation",
      "environmentVariables"
     ]
    }
   },
   "paramFile": {
    "type": "object",
    "properties": {
     "id": {
      "type": "string",
      "minLength": 1
     }
    },
    "required": [
     "id"
    ],
    "default": null,
    "nullable": true
   },
   "caseFile": {
    "type": "object",
    "properties": {
     "id": {
      "type": "string",
      "minLength": 1
     }
    },
    "required": [
     "id"
    ],
    "default": null,
    "nullable": true
   },
   "optimizer": {
    "type": "object",
    "properties": {
     "id": {
      "type": "string",
      "minLength": 1
     }
    },
    "required": [
     "id"
    ],
    "default": null,
    "nullable": true
   },
   "inputFileParseTask": {
    "nullable": true,
    "default": null,
    "oneOf": [
     {
      "type": "object",
      "properties": {
       "id": {
        "type": "string",
        "minLength": 1
       }
      },
      "required": [
       "id"
      ]
     },
     {
      "type": "string",
      "enum": [
       ""
      ]
     }
    ]
   },
   "expectedRuns": {
    "type": "integer",
    "nullable": true,
    "default": null
   },
   "includeNominalRun": {
    "type": "boolean",
    "default": false
   },
   "isTemplateDryRun": {
    "type": "boolean",
    "default": false
   },
   "monteCarloIterations": {
    "type": "integer",
    "nullable": true,
    "default": null
   },
   "tags": {
    "type": "array",
    "default": [],
    "items": {}
   }
  },
  "required": [
   "name",
   "jobanalyses"
  ]
 },
 "createStorageDevice": {
  "type": "object",
  "properties": {
   "name": {
    "type": "string",
    "minLength": 1,
    "maxLength": 255
   },
   "storageSize": {
    "type": "integer",
    "minimum": 1
   },
   "storageSizeMb": {
    "type": "integer",
    "minimum": 1,
    "aliases": [
     "storage_size_mb"
    ]
   },
   "hardware": {
    "type": "object",
    "properties": {
     "walltime": {
      "type": "integer",
      "nullable": true,
      "minimum": 1
     },
     "coresPerSlot": {
      "type": "integer",
      "minimum": 1
     },
     "coreType": {
      "type": "string",
      "minLength": 1
     }
    }
   },
   "walltime": {
    "type": "integer",
    "nullable": true,
    "minimum": 1
   },
   "firstAlert": {
    "type": "integer",
    "minimum": 0,
    "maximum": 100
   },
   "secondAlert": {
    "type": "integer",
    "minimum": 0,
    "maximum": 100
   },
   "autoextend": {
    "type": "boolean"
   },
   "autoextendPercent": {
    "type": "integer",
    "minimum": 0,
    "maximum": 100
   },
   "walltimeAlert": {
    "type": "boolean"
   },
   "walltimeAlertHours": {
    "type": "integer",
    "minimum": 0
   },
   "region": {
    "type": "object",
    "properties": {
     "id": {
      "type": "string",
      "minLength": 1
     }
    },
    "required": [
     "id"
    ],
    "nullable": true
   }
  },
  "required": [
   "name"
  ]
 },
 "downloadFilesToStorageDevice": {
  "type": "object",
  "properties": {
   "files": {
    "type": "array",
    "minItems": 1,
    "maxItems": 1000,
    "items": {
     "type": "object",
     "properties": {
      "id": {
       "type": "string",
       "minLength": 1
      }
     },
     "required": [
      "id"
     ]
    }
   },
   "outputDir": {
    "type": "string",
    "default": ""
   }
  },
  "required": [
   "files"
  ]
 },
 "forceStopJob": {},
 "removeJobTag": {
  "type": "object",
  "properties": {
   "name": {
    "type": "string",
    "minLength": 1,
    "maxLength": 255
   }
  },
  "required": [
   "name"
  ]
 },
 "replaceJob": {
  "type": "object",
  "properties": {
   "name": {
    "type": "string",
    "minLength": 1,
    "maxLength": 255
   },
   "jobanalyses": {
    "type": "array",
    "minItems": 1,
    "items": {
     "type": "object",
     "properties": {
      "analysis": {
       "type": "object",
       "properties": {
        "code": {
         "type": "string",
         "minLength": 1
        },
        "version": {
         "type": "string",
         "minLength": 1
        },
        "versionName": {
         "type": "string"
        }
       },
       "required": [
        "code"
       ]
      },
      "command": {
       "type": "string",
       "minLength": 1
      },
      "hardware": {
       "type": "object",
       "properties": {
        "coreType": {
         "oneOf": [
          {
           "type": "string",
           "minLength": 1
          },
          {
           "type": "object",
           "properties": {
            "code": {
             "type": "string",
             "minLength": 1
            }
           },
           "required": [
            "code"
           ]
          }
         ]
        },
        "coresPerSlot": {
         "type": "integer",
         "minimum": 1
        },
        "slots": {
         "type": "integer",
         "default": 1,
         "minimum": 1
        },
        "walltime": {
         "type": "integer",
         "nullable": true,
         "default": null,
         "minimum": 1
        },
        "type": {
         "type": "string",
         "default": "compute",
         "enum": [
          "compute",
          "interactive"
         ]
        }
       },
       "required": [
        "coreType",
        "coresPerSlot"
       ]
      },
      "inputFiles": {
       "type": "array",
       "default": [],
       "items": {
        "type": "object",
        "properties": {
         "id": {
          "type": "string",
          "minLength": 1
         },
         "decompress": {
          "type": "boolean",
          "default": true
         }
        },
        "required": [
         "id"
        ]
       }
      },
      "inputFolders": {
       "type": "array",
       "default": [],
       "items": {
        "type": "object",
        "additionalProperties": true
       }
      },
      "envVars": {
       "type": "object",
       "nullable": true,
       "default": {},
       "additionalProperties": {
        "type": "string"
       }
      },
      "useRescaleLicense": {
       "type": "boolean",
       "default": false
      },
      "onDemandLicenseSeller": {
       "nullable": true,
       "default": null,
       "oneOf": [
        {
         "type": "object",
         "properties": {
          "code": {
           "type": "string"
          },
          "name": {
           "type": "string"
          }
         },
         "required": [
          "code",
          "name"
         ]
        },
        {
         "type": "string",
         "enum": [
          ""
         ]
        }
       ]
      },
      "userDefinedLicenseSettings": {
       "type": "object",
       "properties": {
        "featureSets": {
         "type": "array",
         "items": {
          "type": "object",
          "properties": {
           "name": {
            "type": "string"
           },
           "features": {
            "type": "array",
            "items": {
             "type": "object",
             "properties": {
              "name": {
               "type": "string"
              },
              "count": {
               "oneOf": [
                {
                 "type": "integer"
                },
                {
                 "type": "string"
                }
               ]
              }
             },
             "required": [
              "name",
              "count"
             ]
            }
           }
          },
          "required": [
           "name",
           "features"
          ]
         }
        }
       },
       "required": [
        "featureSets"
       ],
       "default": null,
       "nullable": true
      },
      "flags": {
       "type": "object",
       "properties": {
        "igCv": {
         "type": "boolean"
        },
        "runForever": {
         "type": "boolean"
        }
       },
       "additionalProperties": true
      },
      "useMpi": {
       "type": "boolean"
      },
      "templateTasks": {
       "type": "array",
       "default": [],
       "items": {
        "type": "object",
        "properties": {
         "templateFile": {
          "type": "object",
          "properties": {
           "id": {
            "type": "string",
            "minLength": 1
           }
          },
          "required": [
           "id"
          ]
         },
         "processedFilename": {
          "type": "string",
          "minLength": 1
         }
        },
        "required": [
         "templateFile",
         "processedFilename"
        ]
       }
      },
      "preProcessScript": {
       "type": "object",
       "properties": {
        "id": {
         "type": "string",
         "minLength": 1
        }
       },
       "required": [
        "id"
       ],
       "default": null,
       "nullable": true
      },
      "preProcessScriptCommand": {
       "type": "string",
       "default": ""
      },
      "postProcessScript": {
       "type": "object",
       "properties": {
        "id": {
         "type": "string",
         "minLength": 1
        }
       },
       "required": [
        "id"
       ],
       "default": null,
       "nullable": true
      },
      "postProcessScriptCommand": {
       "type": "string",
       "default": ""
      }
     },
     "required": [
      "analysis",
      "command",
      "hardware"
     ]
    }
   },
   "projectId": {
    "type": "string",
    "nullable": true,
    "default": null,
    "aliases": [
     "project_id"
    ]
   },
   "description": {
    "type": "string",
    "default": ""
   },
   "isLowPriority": {
    "type": "boolean",
    "default": false
   },
   "billingPriorityValue": {
    "type": "string",
    "enum": [
     "INSTANT",
     "ON_DEMAND",
     "RESERVED"
    ]
   },
   "isTemplate": {
    "type": "boolean",
    "default": false
   },
   "clonedFrom": {
    "type": "string",
    "nullable": true,
    "default": null
   },
   "templatedFrom": {
    "type": "string",
    "nullable": true,
    "default": null
   },
   "folderId": {
    "type": "string",
    "nullable": true,
    "default": null
   },
   "clusterId": {
    "type": "string",
    "nullable": true,
    "default": null
   },
   "cidrRule": {
    "type": "string",
    "nullable": true,
    "default": "0.0.0.0/0"
   },
   "publicKey": {
    "type": "string",
    "nullable": true,
    "default": null
   },
   "sshPort": {
    "type": "integer",
    "nullable": true,
    "default": 22,
    "minimum": 1,
    "maximum": 65535
   },
   "archiveFilters": {
    "type": "array",
    "default": [],
    "items": {
     "type": "object",
     "properties": {
      "filterType": {
       "type": "string"
      },
      "selector": {
       "type": "string"
      },
      "include": {
       "type": "boolean"
      },
      "caseSensitive": {
       "type": "boolean"
      }
     },
     "required": [
      "filterType",
      "selector",
      "include",
      "caseSensitive"
     ]
    }
   },
   "resourceFilters": {
    "type": "array",
    "default": [],
    "items": {
     "type": "object",
     "properties": {
      "filterType": {
       "type": "string"
      },
      "selector": {
       "type": "string"
      },
      "include": {
       "type": "boolean"
      },
      "caseSensitive": {
       "type": "boolean"
      }
     },
     "required": [
      "filterType",
      "selector",
      "include",
      "caseSensitive"
     ]
    }
   },
   "jobvariables": {
    "type": "array",
    "default": [],
    "items": {
     "type": "object",
     "properties": {
      "name": {
       "type": "string",
       "minLength": 1
      },
      "variableType": {
       "type": "string",
       "enum": [
        "Param",
        "Design",
        "Output",
        "Case",
        "Constraint",
        "Objective"
       ]
      },
      "displayOrder": {
       "type": "integer",
       "default": 0
      },
      "valueGeneratorType": {
       "type": "string",
       "default": ""
      },
      "valueGeneratorSettings": {
       "type": "object",
       "default": {},
       "additionalProperties": true
      }
     },
     "required": [
      "name",
      "variableType"
     ]
    }
   },
   "jobAutomations": {
    "type": "array",
    "default": [],
    "items": {
     "type": "object",
     "properties": {
      "automation": {
       "type": "object",
       "properties": {
        "id": {
         "type": "string"
        }
       },
       "required": [
        "id"
       ]
      },
      "environmentVariables": {
       "type": "object",
       "additionalProperties": {
        "type": "string"
       }
      }
     },
     "required": [
      "automation",
      "environmentVariables"
     ]
    }
   },
   "paramFile": {
    "type": "object",
    "properties": {
     "id": {
      "type": "string",
      "minLength": 1
     }
    },
    "required": [
     "id"
    ],
    "default": null,
    "nullable": true
   },
   "caseFile": {
    "type": "object",
    "properties": {
     "id": {
      "type": "string",
      "minLength": 1
     }
    },
    "required": [
     "id"
    ],
    "default": null,
    "nullable": true
   },
   "optimizer": {
    "type": "object",
    "properties": {
     "id": {
      "type": "string",
      "minLength": 1
     }
    },
    "required": [
     "id"
    ],
    "default": null,
    "nullable": true
   },
   "inputFileParseTask": {
    "nullable": true,
    "default": null,
    "oneOf": [
     {
      "type": "object",
      "properties": {
       "id": {
        "type": "string",
        "minLength": 1
       }
      },
      "required": [
       "id"
      ]
     },
     {
      "type": "string",
      "enum": [
       ""
      ]
     }
    ]
   },
   "expectedRuns": {
    "type": "integer",
    "nullable": true,
    "default": null
   },
   "includeNominalRun": {
    "type": "boolean",
    "default": false
   },
   "isTemplateDryRun": {
    "type": "boolean",
    "default": false
   },
   "monteCarloIterations": {
    "type": "integer",
    "nullable": true,
    "default": null
   },
   "tags": {
    "type": "array",
    "default": [],
    "items": {}
   }
  },
  "required": [
   "name",
   "jobanalyses"
  ]
 },
 "setJobCustomFields": {
  "type": "object",
  "additionalProperties": {
   "nullable": true,
   "oneOf": [
    {
     "type": "string"
    },
    {
     "type": "number"
    },
    {
     "type": "boolean"
    },
    {
     "type": "array",
     "items": {
      "type": "string"
     }
    }
   ]
  }
 },
 "shareJob": {
  "type": "object",
  "properties": {
   "email": {
    "type": "string",
    "format": "email"
   },
   "account": {
    "type": "string"
   },
   "message": {
    "type": "string",
    "default": ""
   }
  }
 },
 "shutDownStorageDevice": {},
 "snapshotRun": {},
 "stopJob": {},
 "stopRun": {},
 "submitJob": {},
 "submitStorageDevice": {},
 "updateFile": {
  "type": "object",
  "properties": {
   "name": {
    "type": "string",
    "minLength": 1,
    "maxLength": 255
   },
   "typeId": {
    "type": "integer",
    "enum": [
     1,
     2,
     3,
     4,
     5,
     7,
     8,
     9,
     10,
     11,
     12
    ]
   }
  }
 },
 "updateJob": {
  "type": "object",
  "properties": {
   "name": {
    "type": "string",
    "minLength": 1,
    "maxLength": 255
   },
   "jobanalyses": {
    "type": "array",
    "minItems": 1,
    "items": {
     "type": "object",
     "properties": {
      "analysis": {
       "type": "object",
       "properties": {
        "code": {
         "type": "string",
         "minLength": 1
        },
        "version": {
         "type": "string",
         "minLength": 1
        },
        "versionName": {
         "type": "string"
        }
       },
       "required": [
        "code"
       ]
      },
      "command": {
       "type": "string",
       "minLength": 1
      },
      "hardware": {
       "type": "object",
       "properties": {
        "coreType": {
         "oneOf": [
          {
           "type": "string",
           "minLength": 1
          },
          {
           "type": "object",
           "properties": {
            "code": {
             "type": "string",
             "minLength": 1
            }
           },
           "required": [
            "code"
           ]
          }
         ]
        },
        "coresPerSlot": {
         "type": "integer",
         "minimum": 1
        },
        "slots": {
         "type": "integer",
         "default": 1,
         "minimum": 1
        },
        "walltime": {
         "type": "integer",
         "nullable": true,
         "default": null,
         "minimum": 1
        },
        "type": {
         "type": "string",
         "default": "compute",
         "enum": [
          "compute",
          "interactive"
         ]
        }
       },
       "required": [
        "coreType",
        "coresPerSlot"
       ]
      },
      "inputFiles": {
       "type": "array",
       "default": [],
       "items": {
        "type": "object",
        "properties": {
         "id": {
          "type": "string",
          "minLength": 1
         },
         "decompress": {
          "type": "boolean",
          "default": true
         }
        },
        "required": [
         "id"
        ]
       }
      },
      "inputFolders": {
       "type": "array",
       "default": [],
       "items": {
        "type": "object",
        "additionalProperties": true
       }
      },
      "envVars": {
       "type": "object",
       "nullable": true,
       "default": {},
       "additionalProperties": {
        "type": "string"
       }
      },
      "useRescaleLicense": {
       "type": "boolean",
       "default": false
      },
      "onDemandLicenseSeller": {
       "nullable": true,
       "default": null,
       "oneOf": [
        {
         "type": "object",
         "properties": {
          "code": {
           "type": "string"
          },
          "name": {
           "type": "string"
          }
         },
         "required": [
          "code",
          "name"
         ]
        },
        {
         "type": "string",
         "enum": [
          ""
         ]
        }
       ]
      },
      "userDefinedLicenseSettings": {
       "type": "object",
       "properties": {
        "featureSets": {
         "type": "array",
         "items": {
          "type": "object",
          "properties": {
           "name": {
            "type": "string"
           },
           "features": {
            "type": "array",
            "items": {
             "type": "object",
             "properties": {
              "name": {
               "type": "string"
              },
              "count": {
               "oneOf": [
                {
                 "type": "integer"
                },
                {
                 "type": "string"
                }
               ]
              }
             },
             "required": [
              "name",
              "count"
             ]
            }
           }
          },
          "required": [
           "name",
           "features"
          ]
         }
        }
       },
       "required": [
        "featureSets"
       ],
       "default": null,
       "nullable": true
      },
      "flags": {
       "type": "object",
       "properties": {
        "igCv": {
         "type": "boolean"
        },
        "runForever": {
         "type": "boolean"
        }
       },
       "additionalProperties": true
      },
      "useMpi": {
       "type": "boolean"
      },
      "templateTasks": {
       "type": "array",
       "default": [],
       "items": {
        "type": "object",
        "properties": {
         "templateFile": {
          "type": "object",
          "properties": {
           "id": {
            "type": "string",
            "minLength": 1
           }
          },
          "required": [
           "id"
          ]
         },
         "processedFilename": {
          "type": "string",
          "minLength": 1
         }
        },
        "required": [
         "templateFile",
         "processedFilename"
        ]
       }
      },
      "preProcessScript": {
       "type": "object",
       "properties": {
        "id": {
         "type": "string",
         "minLength": 1
        }
       },
       "required": [
        "id"
       ],
       "default": null,
       "nullable": true
      },
      "preProcessScriptCommand": {
       "type": "string",
       "default": ""
      },
      "postProcessScript": {
       "type": "object",
       "properties": {
        "id": {
         "type": "string",
         "minLength": 1
        }
       },
       "required": [
        "id"
       ],
       "default": null,
       "nullable": true
      },
      "postProcessScriptCommand": {
       "type": "string",
       "default": ""
      }
     },
     "required": [
      "analysis",
      "command",
      "hardware"
     ]
    }
   },
   "projectId": {
    "type": "string",
    "nullable": true,
    "aliases": [
     "project_id"
    ]
   },
   "description": {
    "type": "string"
   },
   "isLowPriority": {
    "type": "boolean"
   },
   "billingPriorityValue": {
    "type": "string",
    "enum": [
     "INSTANT",
     "ON_DEMAND",
     "RESERVED"
    ]
   },
   "isTemplate": {
    "type": "boolean"
   },
   "clonedFrom": {
    "type": "string",
    "nullable": true
   },
   "templatedFrom": {
    "type": "string",
    "nullable": true
   },
   "folderId": {
    "type": "string",
    "nullable": true
   },
   "clusterId": {
    "type": "string",
    "nullable": true
   },
   "cidrRule": {
    "type": "string",
    "nullable": true
   },
   "publicKey": {
    "type": "string",
    "nullable": true
   },
   "sshPort": {
    "type": "integer",
    "nullable": true,
    "minimum": 1,
    "maximum": 65535
   },
   "archiveFilters": {
    "type": "array",
    "items": {
     "type": "object",
     "properties": {
      "filterType": {
       "type": "string"
      },
      "selector": {
       "type": "string"
      },
      "include": {
       "type": "boolean"
      },
      "caseSensitive": {
       "type": "boolean"
      }
     },
     "required": [
      "filterType",
      "selector",
      "include",
      "caseSensitive"
     ]
    }
   },
   "resourceFilters": {
    "type": "array",
    "items": {
     "type": "object",
     "properties": {
      "filterType": {
       "type": "string"
      },
      "selector": {
       "type": "string"
      },
      "include": {
       "type": "boolean"
      },
      "caseSensitive": {
       "type": "boolean"
      }
     },
     "required": [
      "filterType",
      "selector",
      "include",
      "caseSensitive"
     ]
    }
   },
   "jobvariables": {
    "type": "array",
    "items": {
     "type": "object",
     "properties": {
      "name": {
       "type": "string",
       "minLength": 1
      },
      "variableType": {
       "type": "string",
       "enum": [
        "Param",
        "Design",
        "Output",
        "Case",
        "Constraint",
        "Objective"
       ]
      },
      "displayOrder": {
       "type": "integer",
       "default": 0
      },
      "valueGeneratorType": {
       "type": "string",
       "default": ""
      },
      "valueGeneratorSettings": {
       "type": "object",
       "default": {},
       "additionalProperties": true
      }
     },
     "required": [
      "name",
      "variableType"
     ]
    }
   },
   "jobAutomations": {
    "type": "array",
    "items": {
     "type": "object",
     "properties": {
      "automation": {
       "type": "object",
       "properties": {
        "id": {
         "type": "string"
        }
       },
       "required": [
        "id"
       ]
      },
      "environmentVariables": {
       "type": "object",
       "additionalProperties": {
        "type": "string"
       }
      }
     },
     "required": [
      "automation",
      "environmentVariables"
     ]
    }
   },
   "paramFile": {
    "type": "object",
    "properties": {
     "id": {
      "type": "string",
      "minLength": 1
     }
    },
    "required": [
     "id"
    ],
    "nullable": true
   },
   "caseFile": {
    "type": "object",
    "properties": {
     "id": {
      "type": "string",
      "minLength": 1
     }
    },
    "required": [
     "id"
    ],
    "nullable": true
   },
   "optimizer": {
    "type": "object",
    "properties": {
     "id": {
      "type": "string",
      "minLength": 1
     }
    },
    "required": [
     "id"
    ],
    "nullable": true
   },
   "inputFileParseTask": {
    "nullable": true,
    "oneOf": [
     {
      "type": "object",
      "properties": {
       "id": {
        "type": "string",
        "minLength": 1
       }
      },
      "required": [
       "id"
      ]
     },
     {
      "type": "string",
      "enum": [
       ""
      ]
     }
    ]
   },
   "expectedRuns": {
    "type": "integer",
    "nullable": true
   },
   "includeNominalRun": {
    "type": "boolean"
   },
   "isTemplateDryRun": {
    "type": "boolean"
   },
   "monteCarloIterations": {
    "type": "integer",
    "nullable": true
   },
   "tags": {
    "type": "array",
    "items": {}
   }
  }
 }
}
