// Generated from openapi/rescale.yaml by `npm run generate`.
export interface paths {
    "/api/v2/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look whether the API answers */
        get: operations["getApiRoot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/users/me/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I */
        get: operations["getCurrentUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/users/me/projects/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List my projects */
        get: operations["listMyProjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/coretypes/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List core types */
        get: operations["listCoreTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/billing/computeprices/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the prices of core types */
        get: operations["listComputePrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/analyses/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List analyses */
        get: operations["listAnalyses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/analyses/{code}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The analysis's code. */
                code: string;
            };
            cookie?: never;
        };
        /** Get an analysis */
        get: operations["getAnalysis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List jobs */
        get: operations["listJobs"];
        put?: never;
        /** Save a job */
        post: operations["createJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /** Get a job */
        get: operations["getJob"];
        /** Replace a job */
        put: operations["replaceJob"];
        post?: never;
        /** Delete a job */
        delete: operations["deleteJob"];
        options?: never;
        head?: never;
        /** Change a job */
        patch: operations["updateJob"];
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/submit/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Submit a saved job */
        post: operations["submitJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/stop/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a job */
        post: operations["stopJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/force_stop/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a job at once */
        post: operations["forceStopJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/statuses/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /** List a job's status history */
        get: operations["listJobStatuses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/files/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /** List a job's output files */
        get: operations["listJobFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/cluster_statuses/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /** List the status history of a job's cluster */
        get: operations["listClusterStatuses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/instances/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /** List the machines of a job's cluster */
        get: operations["listInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/connection_details/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /** Where a job's cluster can be reached */
        get: operations["getConnectionDetails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/share/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Share a job */
        post: operations["shareJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/tags/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /** List a job's tags */
        get: operations["listJobTags"];
        put?: never;
        /** Tag a job */
        post: operations["addJobTag"];
        /** Remove a tag from a job */
        delete: operations["removeJobTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/runs/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /** List a job's runs */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/runs/{runId}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
                /** @description The run's number within its job, from 1. */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        /** Get a run */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/runs/{runId}/files/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
                /** @description The run's number within its job, from 1. */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        /** List a run's output files */
        get: operations["listRunFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/runs/{runId}/directory-contents/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
                /** @description The run's number within its job, from 1. */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        /** List the files in a run's work directory */
        get: operations["listRunDirectory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/runs/{runId}/tail/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
                /** @description The run's number within its job, from 1. */
                runId: components["parameters"]["RunId"];
                /** @description The file's path in the work directory, slashes included. */
                path: string;
            };
            cookie?: never;
        };
        /** Read a file in a run's work directory */
        get: operations["tailRunFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/runs/{runId}/stop/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
                /** @description The run's number within its job, from 1. */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a run */
        post: operations["stopRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/runs/{runId}/snapshot/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
                /** @description The run's number within its job, from 1. */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Save a run's work directory */
        post: operations["snapshotRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/files/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List files */
        get: operations["listFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/files/contents/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Upload a file, by PUT */
        put: operations["replaceUploadFile"];
        /** Upload a file */
        post: operations["uploadFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/files/{fileId}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The file's id. */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        /** Get a file's metadata */
        get: operations["getFile"];
        put?: never;
        post?: never;
        /** Delete a file */
        delete: operations["deleteFile"];
        options?: never;
        head?: never;
        /** Change a file's metadata */
        patch: operations["updateFile"];
        trace?: never;
    };
    "/api/v2/files/{fileId}/contents/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The file's id. */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        /** Read a file's bytes */
        get: operations["downloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/files/{fileId}/lines/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The file's id. */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        /** Read a text file line by line */
        get: operations["listFileLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A piece of software, with all its versions. */
        Analysis: {
            code: string;
            name: string;
            description: string;
            vendorName: string;
            thumbnail?: string | null;
            category?: string;
            industries: components["schemas"]["Industry"][];
            versions: components["schemas"]["AnalysisVersion"][];
            supportDesks: components["schemas"]["SupportDesk"][];
            licenseSettings: components["schemas"]["LicenseSetting"][];
            hasRescaleLicense: boolean;
            hasShortTermLicense: boolean;
            hasOnDemandLicense?: boolean;
            pricing: string | null;
            optimizerType: number | null;
            resources: components["schemas"]["AnalysisResource"][];
            displayOrder?: number | null;
        };
        AnalysisChoice: {
            code: string;
            version?: string;
            versionName?: string;
        };
        AnalysisPage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["Analysis"][];
        };
        AnalysisReference: {
            code: string;
            name: string;
            version: string;
            versionName: string;
        };
        AnalysisResource: {
            name: string;
            url: string;
        };
        AnalysisVersion: {
            id: string;
            version: string;
            versionCode: string;
            allowedCoreTypes: string[];
            stdCommand?: string;
            smpCommand?: string;
            mpiCommand?: string;
            eula?: string | null;
            type?: string;
            oses?: string[];
            mustBeRequested?: boolean;
        };
        /** @description Names of the resources and where they are. */
        ApiRoot: {
            [key: string]: string;
        };
        AutomationReference: {
            id: string;
        };
        /** @description Mistakes by field, or one sentence. */
        BadRequestError: components["schemas"]["ErrorDetail"] | components["schemas"]["ValidationErrors"];
        /**
         * @description INSTANT is On-Demand Priority, ON_DEMAND is On-Demand Economy.
         * @enum {string}
         */
        BillingPriority: "INSTANT" | "ON_DEMAND" | "RESERVED";
        /** @enum {string} */
        ClusterStatus: "Not Started" | "Pending" | "Queued" | "Starting" | "Started" | "Stop Requested" | "Stopping" | "Stopped" | "Unknown" | "Error";
        /** @description One entry of the status history of a job's cluster. */
        ClusterStatusEntry: {
            status: components["schemas"]["ClusterStatus"];
            statusDate: components["schemas"]["UtcTime"];
            statusReason: string | null;
        };
        /** @description The latest status of a job's cluster, as the portal shows it. */
        ClusterStatusLabel: {
            content: components["schemas"]["ClusterStatus"] | "";
            labelClass: string;
            useLabel: boolean;
        };
        ClusterStatusPage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["ClusterStatusEntry"][];
        };
        Company: {
            code: string;
            name?: string;
            projects: components["schemas"]["Project"][];
        };
        /** @description What a core type costs for one hour of one core, under one plan and operating system. */
        ComputePrice: {
            coreType: string;
            planType: string;
            os: string;
            isActive: boolean;
            value: components["schemas"]["Money"];
        };
        /** @description Where one machine of a job's cluster can be reached. */
        ConnectionDetail: {
            host: string;
            port: number;
        };
        ConnectionDetails: {
            connectionDetails: components["schemas"]["ConnectionDetail"][];
        };
        CoreSummary: {
            memoryPerNode: number;
            numberOfNodes: number;
            storagePerNode: number;
        };
        /** @description A kind of hardware that jobs can ask for. */
        CoreType: {
            code: string;
            name: string;
            description: string;
            cores: number[];
            gpuCounts?: number[];
            price: number;
            lowPriorityPrice: string;
            compute: string | null;
            io: string;
            storageIo: string;
            memory: number;
            storage: number;
            processorInfo: string;
            baseClockSpeed?: string;
            hasSsd: boolean;
            isDeprecated: boolean;
            isPrimary: boolean;
            isDefault?: boolean;
            isActive?: boolean;
            mustBeRequested?: boolean;
            remoteVizAllowed: boolean;
            walltimeRequired: boolean;
            displayOrder: number | null;
            categoryCodes: string[];
            color?: string;
        };
        CoreTypeChoice: {
            code: string;
        };
        CoreTypePage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["CoreType"][];
        };
        /** @description How many items match in all, not on this page. */
        Count: number;
        /** @description A file in the work directory of a run that is under way. */
        DirectoryEntry: {
            path: string;
            resource: string;
        };
        /** @description One sentence on what is wrong with the request as a whole. */
        ErrorDetail: {
            detail: string;
        };
        /** @description A file's metadata. */
        File: {
            id: components["schemas"]["ShortId"];
            name: string;
            typeId: components["schemas"]["FileTypeId"];
            dateUploaded: components["schemas"]["UtcTime"];
            relativePath: string | null;
            path: string;
            pathParts?: components["schemas"]["PathParts"];
            storage?: components["schemas"]["StorageLocation"];
            encodedEncryptionKey: string | null;
            /** Format: uri */
            downloadUrl: string;
            sharedWith: string[];
            decryptedSize: number;
            owner: string;
            isUploaded: boolean;
            isDeleted: boolean;
            viewInBrowser: boolean;
            fileChecksums: components["schemas"]["FileChecksum"][];
            md5?: string | null;
            userTags?: string[];
        };
        FileChecksum: {
            hashFunction: string;
            fileHash: string;
        };
        FileChoice: {
            id: string;
        };
        /** @description A text file line by line, each line with its newline. */
        FileLines: {
            lines: string[];
        };
        FilePage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["File"][];
        };
        /** @description The last lines of a file in the work directory, without their newlines. */
        FileTail: {
            fileType: string;
            lines: string[];
        };
        /**
         * @description What a file is for: 1 input, 2 template, 3 parameters, 4 script, 5 output, 7 design variables, 8 case, 9 optimizer, 10 temporary, 11 checkpoint archive, 12 snapshot.
         * @enum {integer}
         */
        FileTypeId: 1 | 2 | 3 | 4 | 5 | 7 | 8 | 9 | 10 | 11 | 12;
        /** @description What to change in a file's metadata. Other keys of a file are ignored. */
        FileUpdate: {
            name?: string;
            /** @enum {integer} */
            typeId?: 1 | 2 | 3 | 4 | 5 | 7 | 8 | 9 | 10 | 11 | 12;
        };
        /** @description The parts of an upload. */
        FileUpload: {
            /** Format: binary */
            file: string;
            /**
             * @default 1
             * @enum {integer}
             */
            typeId?: 1 | 2 | 3 | 4 | 5 | 7 | 8 | 9 | 10 | 11 | 12;
        };
        /** @description What an analysis of a job runs on. */
        Hardware: {
            coreType: components["schemas"]["HardwareCoreType"];
            coresPerSlot: number;
            slots: number;
            walltime: number | null;
            /** @enum {string} */
            type: "compute" | "interactive";
            coreSummary?: components["schemas"]["CoreSummary"];
        };
        /** @description The core type of an analysis, shorter than in the list of core types. */
        HardwareCoreType: {
            code: string;
            name?: string;
            compute: string | null;
            io?: string;
            memory?: number;
            storage?: number;
            cores?: number[];
            processorInfo?: string;
            isPrimary?: boolean;
            displayOrder?: number | null;
        };
        /** @description What an analysis of a job shall run on. */
        HardwareCreate: {
            coreType: string | components["schemas"]["CoreTypeChoice"];
            coresPerSlot: number;
            /** @default 1 */
            slots?: number;
            /** @default null */
            walltime?: number | null;
            /**
             * @default compute
             * @enum {string}
             */
            type?: "compute" | "interactive";
        };
        /** @description Any JSON; the service does not look at it. */
        IgnoredBody: unknown;
        Industry: {
            name: string;
            icon: string;
        };
        /** @description A file's metadata among the inputs of a job, and whether it is unpacked there. */
        InputFile: {
            id: components["schemas"]["ShortId"];
            name: string;
            typeId: components["schemas"]["FileTypeId"];
            dateUploaded: components["schemas"]["UtcTime"];
            relativePath: string | null;
            path: string;
            pathParts?: components["schemas"]["PathParts"];
            storage?: components["schemas"]["StorageLocation"];
            encodedEncryptionKey: string | null;
            /** Format: uri */
            downloadUrl: string;
            sharedWith: string[];
            decryptedSize: number;
            owner: string;
            isUploaded: boolean;
            isDeleted: boolean;
            viewInBrowser: boolean;
            fileChecksums?: components["schemas"]["FileChecksum"][];
            md5?: string | null;
            userTags?: string[];
            decompress: boolean;
        };
        InputFileChoice: {
            id: string;
            /** @default true */
            decompress?: boolean;
        };
        /** @description One machine of a job's cluster. */
        Instance: {
            id: components["schemas"]["ShortId"];
            clusterId: components["schemas"]["ShortId"];
            dateStarted: components["schemas"]["UtcTime"];
            instanceGroup: string;
            isBehindNat: boolean;
            privateHostname: string;
            privateIp: string;
            publicHostname: string;
            publicIp: string;
            /** @enum {string} */
            role: "CUSTOM" | "MPI_MASTER" | "MPI_SLAVE";
            sshPort: number;
            supportedServices: string[];
            tenancy: string;
            username: string;
        };
        InstancePage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["Instance"][];
        };
        /** @description A job's definition. What state the job is in stands in its status history, not here. */
        Job: {
            id: components["schemas"]["ShortId"];
            name: string;
            /** Format: email */
            owner: string;
            dateInserted: components["schemas"]["UtcTime"];
            description: string;
            projectId: string | null;
            isLowPriority: boolean;
            billingPriorityValue: components["schemas"]["BillingPriority"];
            elapsedWalltimeSeconds: number | null;
            isTemplate: boolean;
            clonedFrom: string | null;
            folderId: string | null;
            userTags: components["schemas"]["UserTag"][];
            sharedWith?: string[];
            cidrRule: string | null;
            publicKey: string | null;
            sshPort: number | null;
            archiveFilters: components["schemas"]["ResourceFilter"][];
            resourceFilters: components["schemas"]["ResourceFilter"][];
            jobanalyses: components["schemas"]["JobAnalysis"][];
            jobvariables: components["schemas"]["JobVariable"][];
            jobAutomations: components["schemas"]["JobAutomation"][];
            paramFile: components["schemas"]["File"] | null;
            caseFile: components["schemas"]["File"] | null;
            optimizer: components["schemas"]["File"] | null;
            expectedRuns: number | null;
            includeNominalRun: boolean;
            isTemplateDryRun: boolean;
            monteCarloIterations: number | null;
            remoteVizConfig?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description One piece of software in a job, with its command, hardware and inputs. */
        JobAnalysis: {
            analysis: components["schemas"]["AnalysisReference"];
            command: string;
            hardware: components["schemas"]["Hardware"];
            inputFiles: components["schemas"]["InputFile"][];
            inputFolders?: {
                [key: string]: unknown;
            }[];
            envVars: {
                [key: string]: string;
            } | null;
            useRescaleLicense: boolean;
            onDemandLicenseSeller: components["schemas"]["LicenseSeller"] | "" | null;
            userDefinedLicenseSettings: components["schemas"]["UserDefinedLicenseSettings"] | null;
            flags: components["schemas"]["JobAnalysisFlags"];
            useMpi?: boolean;
            templateTasks: components["schemas"]["TemplateTask"][];
            preProcessScript: components["schemas"]["File"] | null;
            preProcessScriptCommand: string;
            postProcessScript: components["schemas"]["File"] | null;
            postProcessScriptCommand: string;
        };
        /** @description One piece of software for a job, with its command, hardware and inputs. */
        JobAnalysisCreate: {
            analysis: components["schemas"]["AnalysisChoice"];
            command: string;
            hardware: components["schemas"]["HardwareCreate"];
            /** @default [] */
            inputFiles?: components["schemas"]["InputFileChoice"][];
            /** @default [] */
            inputFolders?: {
                [key: string]: unknown;
            }[];
            /** @default {} */
            envVars?: {
                [key: string]: string;
            } | null;
            /** @default false */
            useRescaleLicense?: boolean;
            /** @default null */
            onDemandLicenseSeller?: components["schemas"]["LicenseSeller"] | "" | null;
            /** @default null */
            userDefinedLicenseSettings?: components["schemas"]["UserDefinedLicenseSettings"] | null;
            flags?: components["schemas"]["JobAnalysisFlags"];
            useMpi?: boolean;
            /** @default [] */
            templateTasks?: components["schemas"]["TemplateTaskCreate"][];
            /** @default null */
            preProcessScript?: components["schemas"]["FileChoice"] | null;
            /** @default  */
            preProcessScriptCommand?: string;
            /** @default null */
            postProcessScript?: components["schemas"]["FileChoice"] | null;
            /** @default  */
            postProcessScriptCommand?: string;
        };
        JobAnalysisFlags: {
            igCv?: boolean;
            runForever?: boolean;
        } & {
            [key: string]: unknown;
        };
        JobAutomation: {
            automation: components["schemas"]["AutomationReference"];
            environmentVariables: {
                [key: string]: string;
            };
        };
        /** @description A job to save. Keys that are not listed are ignored. */
        JobCreate: {
            name: string;
            jobanalyses: components["schemas"]["JobAnalysisCreate"][];
            /** @default null */
            projectId?: string | null;
            /** @default  */
            description?: string;
            /** @default false */
            isLowPriority?: boolean;
            billingPriorityValue?: components["schemas"]["BillingPriority"];
            /** @default false */
            isTemplate?: boolean;
            /** @default null */
            clonedFrom?: string | null;
            /** @default null */
            templatedFrom?: string | null;
            /** @default null */
            folderId?: string | null;
            /** @default null */
            clusterId?: string | null;
            /** @default 0.0.0.0/0 */
            cidrRule?: string | null;
            /** @default null */
            publicKey?: string | null;
            /** @default 22 */
            sshPort?: number | null;
            /** @default [] */
            archiveFilters?: components["schemas"]["ResourceFilter"][];
            /** @default [] */
            resourceFilters?: components["schemas"]["ResourceFilter"][];
            /** @default [] */
            jobvariables?: components["schemas"]["JobVariableCreate"][];
            /** @default [] */
            jobAutomations?: components["schemas"]["JobAutomation"][];
            /** @default null */
            paramFile?: components["schemas"]["FileChoice"] | null;
            /** @default null */
            caseFile?: components["schemas"]["FileChoice"] | null;
            /** @default null */
            optimizer?: components["schemas"]["FileChoice"] | null;
            /** @default null */
            inputFileParseTask?: components["schemas"]["FileChoice"] | null;
            /** @default null */
            expectedRuns?: number | null;
            /** @default false */
            includeNominalRun?: boolean;
            /** @default false */
            isTemplateDryRun?: boolean;
            /** @default null */
            monteCarloIterations?: number | null;
            /** @default [] */
            tags?: unknown[];
        };
        /** @description A job in the list of jobs, with its latest status and without its definition. */
        JobListItem: {
            id: components["schemas"]["ShortId"];
            name: string;
            /** Format: email */
            owner: string;
            dateInserted: components["schemas"]["UtcTime"];
            analysisNames: string[];
            jobStatus: components["schemas"]["JobStatusLabel"];
            clusterStatusDisplay: components["schemas"]["ClusterStatusLabel"];
            isVisible: boolean;
            sharedWith: string[];
            storage: number;
        };
        JobPage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["JobListItem"][];
        };
        /** @description Whom to share a job with, by e-mail address or by account. */
        JobShare: {
            /** Format: email */
            email?: string;
            account?: string;
            /** @default  */
            message?: string;
        };
        /** @description Whom a job was shared with. */
        JobShareReceipt: {
            recipient: string | null;
            supportDesk: string | null;
        };
        /** @enum {string} */
        JobStatus: "Pending" | "Waiting for Queue" | "Queued" | "Waiting for Cluster" | "Started" | "Validated" | "Executing" | "Stopping" | "Completed" | "Force Stop";
        /** @description One entry of a job's status history. */
        JobStatusEntry: {
            id?: components["schemas"]["ShortId"];
            jobId?: components["schemas"]["ShortId"];
            status: components["schemas"]["JobStatus"];
            statusDate: components["schemas"]["OffsetTime"];
            statusReason: string | null;
        };
        /** @description A job's latest status, as the portal shows it. */
        JobStatusLabel: {
            content: components["schemas"]["JobStatus"] | "";
            labelClass: string;
            useLabel: boolean;
        };
        JobStatusPage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["JobStatusEntry"][];
        };
        JobTag: {
            name: string;
            normalizedName: string;
        };
        /** @description The tag to add or to remove. */
        JobTagChange: {
            name: string;
        };
        /** @description What to change in a saved job. Keys that are not listed are ignored. */
        JobUpdate: {
            name?: string;
            jobanalyses?: components["schemas"]["JobAnalysisCreate"][];
            projectId?: string | null;
            description?: string;
            isLowPriority?: boolean;
            billingPriorityValue?: components["schemas"]["BillingPriority"];
            isTemplate?: boolean;
            clonedFrom?: string | null;
            templatedFrom?: string | null;
            folderId?: string | null;
            clusterId?: string | null;
            cidrRule?: string | null;
            publicKey?: string | null;
            sshPort?: number | null;
            archiveFilters?: components["schemas"]["ResourceFilter"][];
            resourceFilters?: components["schemas"]["ResourceFilter"][];
            jobvariables?: components["schemas"]["JobVariableCreate"][];
            jobAutomations?: components["schemas"]["JobAutomation"][];
            paramFile?: components["schemas"]["FileChoice"] | null;
            caseFile?: components["schemas"]["FileChoice"] | null;
            optimizer?: components["schemas"]["FileChoice"] | null;
            inputFileParseTask?: components["schemas"]["FileChoice"] | null;
            expectedRuns?: number | null;
            includeNominalRun?: boolean;
            isTemplateDryRun?: boolean;
            monteCarloIterations?: number | null;
            tags?: unknown[];
        };
        /** @description A variable of a design-of-experiments or optimisation job. */
        JobVariable: {
            name: string;
            variableType: string;
            displayOrder: number;
            valueGeneratorType: string;
            valueGeneratorSettings: {
                [key: string]: unknown;
            };
        };
        JobVariableCreate: {
            name: string;
            /** @enum {string} */
            variableType: "Param" | "Design" | "Output" | "Case" | "Constraint" | "Objective";
            /** @default 0 */
            displayOrder?: number;
            /** @default  */
            valueGeneratorType?: string;
            /** @default {} */
            valueGeneratorSettings?: {
                [key: string]: unknown;
            };
        };
        LicenseFeature: {
            name: string;
            count: number | string;
        };
        LicenseFeatureSet: {
            name: string;
            features: components["schemas"]["LicenseFeature"][];
        };
        LicenseSeller: {
            code: string;
            name: string;
        };
        /** @description An environment variable that tells the software where its licences are. */
        LicenseSetting: {
            name: string;
            label: string;
            helpText: string;
            licenseType: string;
            isServer: boolean;
            required?: boolean;
            canCheckAvailability?: boolean;
        };
        Money: {
            amount: string | number;
            currency?: string;
        };
        /**
         * Format: uri
         * @description Absolute URL of the following page, with the query kept; null on the last page.
         */
        NextLink: string | null;
        /**
         * Format: date-time
         * @description A moment in UTC with microseconds, ending in `+00:00`.
         */
        OffsetTime: string;
        /** @description The container in object storage and the key within it. */
        PathParts: {
            container: string;
            path: string;
        };
        /**
         * Format: uri
         * @description Absolute URL of the page before, with the query kept; null on the first page.
         */
        PreviousLink: string | null;
        /** @description What a job's cost is booked on. */
        Project: {
            id: components["schemas"]["ShortId"];
            name: string;
        };
        ProjectPage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["Project"][];
        };
        /** @description Which files of a job are kept. */
        ResourceFilter: {
            filterType: string;
            selector: string;
            include: boolean;
            caseSensitive: boolean;
        };
        /** @description One execution of a job's commands. A basic job has one. */
        Run: {
            id: string;
            /** @enum {integer} */
            type: 1 | 2 | 3;
            parent: string | null;
            displayOrder: number;
            isOptimal: boolean;
            dateStarted: components["schemas"]["UtcTime"] | null;
            dateCompleted: components["schemas"]["UtcTime"] | null;
            outputFileCount: number;
            outputFileSize: number | null;
            variables: components["schemas"]["RunVariable"][];
        };
        RunPage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["Run"][];
        };
        /** @description Nothing more than that the run is being stopped. */
        RunStop: Record<string, never>;
        RunVariable: {
            name: string;
            value: number | string | null;
            displayValue: string;
            isRelative: boolean;
        };
        /** @description Five or six letters, upper and lower case. */
        ShortId: string;
        /** @description What became of the wish for a snapshot of a run's work directory. */
        Snapshot: {
            data: string;
            exitcode: number;
            lastSnapshotID: string | null;
            reason: string;
        };
        StorageConnection: {
            region?: string;
            container?: string;
            pathBase?: string;
            pathPartsBase?: string;
            storageAccount?: string;
            accountName?: string;
        };
        /** @description The object storage that holds a file. */
        StorageLocation: {
            id: string;
            /** @enum {string} */
            storageType: "S3Storage" | "AzureStorage";
            encryptionType: string;
            connectionSettings?: components["schemas"]["StorageConnection"];
        };
        SupportDesk: {
            code: string;
            displayName: string;
            email?: string;
        };
        /** @description A file made for each run out of a template with the values of the run's variables. */
        TemplateTask: {
            templateFile: components["schemas"]["File"];
            processedFilename: string;
        };
        TemplateTaskCreate: {
            templateFile: components["schemas"]["FileChoice"];
            processedFilename: string;
        };
        /** @description The user that the API key belongs to. */
        User: {
            /** Format: email */
            email: string;
            username: string;
            fullName: string;
            company: components["schemas"]["Company"];
            workspace: components["schemas"]["Workspace"];
            maxJobHours?: number;
            defaultStorage?: components["schemas"]["StorageLocation"];
        };
        UserDefinedLicenseSettings: {
            featureSets: components["schemas"]["LicenseFeatureSet"][];
        };
        UserTag: {
            name: string;
        };
        /**
         * Format: date-time
         * @description A moment in UTC with microseconds, ending in `Z`.
         */
        UtcTime: string;
        /** @description What is wrong, by field name. A field that holds a list answers with a list by position, in which an item without mistakes is an empty object. */
        ValidationErrors: {
            [key: string]: components["schemas"]["ValidationMessages"];
        };
        /** @description Messages on one field, or the mistakes of the fields within it. */
        ValidationMessages: string[] | components["schemas"]["ValidationErrors"][] | components["schemas"]["ValidationErrors"];
        Workspace: {
            id: string;
            name: string;
        };
    };
    responses: {
        /** @description The request was understood and refused. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BadRequestError"];
            };
        };
        /** @description The caller may see this, but not change it. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description There is no such thing, or it belongs to someone else. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The range begins beyond the file's end. */
        RangeNotSatisfiable: {
            headers: {
                /** @description How many bytes the file has. */
                "Content-Range": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The caller is over a rate limit. */
        TooManyRequests: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                /** @description Requests allowed in the scope's period. */
                "X-RateLimit-Limit"?: string;
                /** @description Requests left in the scope's period. */
                "X-RateLimit-Remaining"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description No key was sent, or one that this platform does not know. */
        Unauthorized: {
            headers: {
                /** @description The authentication scheme. */
                "WWW-Authenticate": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The request's body has a content type that the service does not read. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
    };
    parameters: {
        /** @description The file's id. */
        FileId: string;
        /** @description The job's id. */
        JobId: string;
        /** @description The field to sort by, behind a minus sign for descending order. */
        Ordering: string;
        /** @description Which page, from 1. */
        Page: number;
        /** @description How many items a page holds. The default is 10 on jobs, job files, run files and files. */
        PageSize: number;
        /** @description The run's number within its job, from 1. */
        RunId: string;
        /** @description Part of the file's name. */
        Search: string;
    };
    requestBodies: never;
    headers: {
        /** @description That parts of the file can be asked for. */
        "Accept-Ranges": "bytes";
        /** @description The file's name. */
        "Content-Disposition": string;
        /** @description How many bytes follow. */
        "Content-Length": number;
        /** @description Which bytes these are, of how many; not sent when several parts are. */
        "Content-Range": string;
        /** @description Changes whenever the bytes do. */
        ETag: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getApiRoot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiRoot"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getCurrentUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listMyProjects: {
        parameters: {
            query?: {
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description How many items a page holds. The default is 10 on jobs, job files, run files and files. */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listCoreTypes: {
        parameters: {
            query?: {
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description How many items a page holds. The default is 10 on jobs, job files, run files and files. */
                page_size?: components["parameters"]["PageSize"];
                /** @description See the source list. */
                isActive?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoreTypePage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listComputePrices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputePrice"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listAnalyses: {
        parameters: {
            query?: {
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description How many items a page holds. The default is 10 on jobs, job files, run files and files. */
                page_size?: components["parameters"]["PageSize"];
                /** @description See the source list. */
                code?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalysisPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The analysis's code. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Analysis"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description How many items a page holds. The default is 10 on jobs, job files, run files and files. */
                page_size?: components["parameters"]["PageSize"];
                /** @description See the source list. */
                state?: "completed" | "not_completed";
                /** @description See the source list. */
                job_status?: "PENDING" | "QUEUED" | "STARTED" | "VALIDATED" | "EXECUTING" | "COMPLETED" | "STOPPING" | "WAITING_FOR_CLUSTER" | "FORCE_STOP" | "WAITING_FOR_QUEUE";
                /** @description See the source list. */
                t?: "1";
                /** @description See the source list. */
                f?: "1";
                /** @description Part of the file's name. */
                search?: components["parameters"]["Search"];
                /** @description The field to sort by, behind a minus sign for descending order. */
                ordering?: components["parameters"]["Ordering"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    createJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobCreate"];
            };
        };
        responses: {
            /** @description Saved. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    replaceJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobCreate"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    deleteJob: {
        parameters: {
            query?: {
                /** @description See the source list. */
                deleteInputFiles?: boolean;
            };
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    updateJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobUpdate"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    submitJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["IgnoredBody"];
            };
        };
        responses: {
            /** @description Submitted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    stopJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["IgnoredBody"];
            };
        };
        responses: {
            /** @description Being stopped. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    forceStopJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["IgnoredBody"];
            };
        };
        responses: {
            /** @description Being stopped. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listJobStatuses: {
        parameters: {
            query?: {
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description How many items a page holds. The default is 10 on jobs, job files, run files and files. */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobStatusPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listJobFiles: {
        parameters: {
            query?: {
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description How many items a page holds. The default is 10 on jobs, job files, run files and files. */
                page_size?: components["parameters"]["PageSize"];
                /** @description Part of the file's name. */
                search?: components["parameters"]["Search"];
            };
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilePage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listClusterStatuses: {
        parameters: {
            query?: {
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description How many items a page holds. The default is 10 on jobs, job files, run files and files. */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterStatusPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listInstances: {
        parameters: {
            query?: {
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description How many items a page holds. The default is 10 on jobs, job files, run files and files. */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstancePage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getConnectionDetails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    shareJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobShare"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobShareReceipt"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listJobTags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobTag"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    addJobTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobTagChange"];
            };
        };
        responses: {
            /** @description Tagged. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobTag"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    removeJobTag: {
        parameters: {
            query?: {
                /** @description See the source list. */
                name?: string;
            };
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["JobTagChange"];
            };
        };
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description How many items a page holds. The default is 10 on jobs, job files, run files and files. */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
                /** @description The run's number within its job, from 1. */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listRunFiles: {
        parameters: {
            query?: {
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description How many items a page holds. The default is 10 on jobs, job files, run files and files. */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
                /** @description The run's number within its job, from 1. */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilePage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listRunDirectory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
                /** @description The run's number within its job, from 1. */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectoryEntry"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    tailRunFile: {
        parameters: {
            query?: {
                /** @description See the source list. */
                lines?: number;
            };
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
                /** @description The run's number within its job, from 1. */
                runId: components["parameters"]["RunId"];
                /** @description The file's path in the work directory, slashes included. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileTail"];
                    "text/plain": string;
                    "application/octet-stream": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    stopRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
                /** @description The run's number within its job, from 1. */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["IgnoredBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStop"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    snapshotRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's id. */
                jobId: components["parameters"]["JobId"];
                /** @description The run's number within its job, from 1. */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["IgnoredBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snapshot"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listFiles: {
        parameters: {
            query?: {
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description How many items a page holds. The default is 10 on jobs, job files, run files and files. */
                page_size?: components["parameters"]["PageSize"];
                /** @description Part of the file's name. */
                search?: components["parameters"]["Search"];
                /** @description See the source list. */
                owner?: 1;
                /** @description The field to sort by, behind a minus sign for descending order. */
                ordering?: components["parameters"]["Ordering"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilePage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    replaceUploadFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["FileUpload"];
            };
        };
        responses: {
            /** @description Uploaded. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["File"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    uploadFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["FileUpload"];
            };
        };
        responses: {
            /** @description Uploaded. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["File"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The file's id. */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    deleteFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The file's id. */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    updateFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The file's id. */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileUpdate"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    downloadFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description See RFC 9110. */
                Range?: string;
                /** @description See RFC 9110. */
                "If-Range"?: string;
                /** @description See RFC 9110. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The file's id. */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file. */
            200: {
                headers: {
                    "Accept-Ranges": components["headers"]["Accept-Ranges"];
                    "Content-Length": components["headers"]["Content-Length"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                    "text/plain": string;
                };
            };
            /** @description The part asked for. */
            206: {
                headers: {
                    "Accept-Ranges": components["headers"]["Accept-Ranges"];
                    "Content-Length": components["headers"]["Content-Length"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    "Content-Range": components["headers"]["Content-Range"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                    "text/plain": string;
                    "multipart/byteranges": string;
                };
            };
            /** @description The caller has these bytes already. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            416: components["responses"]["RangeNotSatisfiable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listFileLines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The file's id. */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileLines"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
}
