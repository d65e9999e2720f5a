// Generated from openapi/rescale.yaml by `npm run generate`.
export interface paths {
    "/api/v2/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find out whether a key is good
         * @description Answers any caller with a good key. Clients use it to check a key: 401 means a bad one, whatever else comes means a good one.
         */
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
        /**
         * Tell who the key belongs to
         * @description The user that the key belongs to, their company and the key's workspace. `maxJobHours` bounds the walltime of jobs.
         */
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
        /**
         * List the projects that I may book jobs on
         * @description The projects whose ids the user may send as a job's `projectId`. A company can demand one on every job.
         */
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
        /**
         * List core types
         * @description The hardware that jobs can ask for, over more than one page unless a large `page_size` is asked for.
         */
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
        /**
         * List the prices of core types
         * @description What one core of each core type costs for one hour, under each plan and operating system, as a plain list without pages. Economy prices follow the spot market and change during the day.
         */
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
        /**
         * List software
         * @description The software that jobs can run, each with all its versions: over 700 with over 3200 versions in 2023, where no company filter shortens the list.
         */
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
                /**
                 * @description The software's code.
                 * @example user_included
                 */
                code: string;
            };
            cookie?: never;
        };
        /**
         * Get one piece of software
         * @description One piece of software with all its versions, as in the list.
         */
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
        /**
         * List jobs
         * @description All jobs that the user can see, their own and those shared with them, newest first, each with its latest status and that of its cluster.
         */
        get: operations["listJobs"];
        put?: never;
        /**
         * Save a job
         * @description Saves a job without running it; submitting is a call of its own. Unknown keys are ignored. Strings are taken for numbers and booleans. The answer carries the whole job, its input files with all their metadata.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /**
         * Get a job's definition
         * @description The job as it was saved, its input files with all their metadata. Its status is not part of it; ask for the status history.
         */
        get: operations["getJob"];
        /**
         * Replace a saved job's definition
         * @description Puts a new definition in the place of a saved job's; what is left out falls back to its default. A job that is completed stays as it is, in spite of the 200.
         */
        put: operations["replaceJob"];
        post?: never;
        /**
         * Delete a job
         * @description Deletes the job and its outputs; its inputs stay, unless they are to be deleted with it. Refused while the job's cluster is up, which it still is for some 45 seconds after the job is completed.
         */
        delete: operations["deleteJob"];
        options?: never;
        head?: never;
        /**
         * Change a saved job's definition
         * @description Changes the fields that are sent and leaves the others. A completed job's definition stays as it is, in spite of the 200; its project and folder do change. It is announced that 400 will be answered instead.
         */
        patch: operations["updateJob"];
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/submit/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit a saved job
         * @description Hands the job over to be run. It becomes `Pending` and gets a cluster of its own. A body may be sent and is not looked at. Submitting a job a second time had no effect in 2023, was to become 400, and is 400 on eu.rescale.com in 2026. There is no way to make a repeated submission safe. Limited to 1000 an hour.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a job
         * @description Asks a running job to end: its command gets SIGTERM, what is left after that is killed, the work directory is saved, and the cluster shut down. The job goes through `Stopping`, with the reason "User Terminated", to `Completed`. A job stopped before it is `Validated` gets no further status. A body may be sent and is not looked at.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a job that does not end by itself
         * @description For a job that is being stopped and does not end; the portal offers it only then. The work directory is saved. The job's status becomes `Force Stop`.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /**
         * List a job's status history
         * @description Every status that the job has had, newest first. Empty for a job that is saved and not submitted. No status comes twice, and no status is ever taken back. A job that went well never has `Stopping` in its history.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /**
         * List a job's output files
         * @description The files that all runs of the job left in their work directories, inputs that were unpacked there included. Empty until they are saved. Among the files that a search for `output` finds, `process_output.log` comes first.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /**
         * List the status history of a job's cluster
         * @description Every status that the job's cluster has had, newest first. The history begins when the job is `Queued`. The cluster is `Started` some seconds before the job is `Executing`, and `Stopped` some 45 seconds after the job is `Completed`.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /**
         * List the machines of a job's cluster
         * @description Where to reach the cluster's machines by SSH while the job is `Executing`. When the provider takes those of an economy job back, others stand in their place, with another `publicHostname`. Rescale does not document this call.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /**
         * Tell where a job's cluster can be reached
         * @description Host and port of each machine of the job's cluster. Rescale does not document this call.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Share a job
         * @description Lets another user see the job and its files, and tells them so.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /**
         * List a job's tags
         * @description The job's tags, as a plain list without pages.
         */
        get: operations["listJobTags"];
        put?: never;
        /**
         * Tag a job
         * @description Adds a tag to the job. Adding one that it has already changes nothing.
         */
        post: operations["addJobTag"];
        /**
         * Remove a tag from a job
         * @description Removes the tag that the body or the query names. One that the job does not have is answered with 404.
         */
        delete: operations["removeJobTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/custom-fields/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /**
         * Get a job's custom fields
         * @description The fields that a company has its users fill in, by name. A job without any has an empty object.
         */
        get: operations["getJobCustomFields"];
        put?: never;
        /**
         * Set some of a job's custom fields
         * @description Sets the fields that are named; others stay as they are. Which fields a job may have is up to its workspace; nothing public says how others are answered, and here any name is taken.
         */
        post: operations["setJobCustomFields"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/organizations/{organizationCode}/jobs/{jobId}/project-assignment/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `code` of the user's company. Anything else is answered with 404.
                 * @example demo-company
                 */
                organizationCode: components["parameters"]["OrganizationCode"];
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign a job to a project
         * @description Has the job's cost booked on the project, whatever has become of the job.
         */
        post: operations["assignJobToProject"];
        delete?: never;
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /**
         * List a job's runs
         * @description One run for a basic job, one for each case of a design of experiments, in their order. A run begins some ten seconds after the job is `Executing`; before, the list is empty. Of a design of experiments all runs are listed then, and as many are under way as the job has slots.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
                /**
                 * @description The run's number within its job, counted from 1. A basic job has run 1 only.
                 * @example 1
                 */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        /**
         * Get a run
         * @description When the run began and ended, how much it left behind, and with which values of the variables.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
                /**
                 * @description The run's number within its job, counted from 1. A basic job has run 1 only.
                 * @example 1
                 */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        /**
         * List a run's output files
         * @description The files that the run left in its work directory. Empty until the run is over and they are saved.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
                /**
                 * @description The run's number within its job, counted from 1. A basic job has run 1 only.
                 * @example 1
                 */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        /**
         * List the files in the work directory of a run
         * @description What lies in the work directory on the cluster right now, as a plain list without pages. Only while the run is under way.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
                /**
                 * @description The run's number within its job, counted from 1. A basic job has run 1 only.
                 * @example 1
                 */
                runId: components["parameters"]["RunId"];
                /** @description The file's path within the work directory. It may hold slashes, and none follows it. */
                path: string;
            };
            cookie?: never;
        };
        /**
         * Read a file in the work directory of a run
         * @description The last lines of a file as it is on the cluster right now or, when `lines` is left out, all its bytes. Only while the run is under way.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
                /**
                 * @description The run's number within its job, counted from 1. A basic job has run 1 only.
                 * @example 1
                 */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a run
         * @description Ends one run of the job and leaves its other runs alone.
         */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
                /**
                 * @description The run's number within its job, counted from 1. A basic job has run 1 only.
                 * @example 1
                 */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Save the work directory of a run
         * @description Packs the work directory as it is now into an archive, which becomes an output file of type 12.
         */
        post: operations["snapshotRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs/{jobId}/storage-devices/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Attach a storage device to a job
         * @description On the job's cluster the device is the folder `~/storage_{id}`. What the job's runs leave is on it, too, under `jobs/{jobId}/run/{n}/`. Sent between saving and submitting the job.
         */
        post: operations["attachStorageDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/storage-devices/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List storage devices
         * @description All storage devices of the user, also those that have stopped, newest first. Rescale calls them High Performance Storage.
         */
        get: operations["listStorageDevices"];
        put?: never;
        /**
         * Save a storage device
         * @description Saves what shall be launched. Nothing is launched, and nothing costs, before it is submitted.
         */
        post: operations["createStorageDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/storage-devices/available-regions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the regions of storage devices
         * @description Where storage devices can be launched, as a plain list without pages.
         */
        get: operations["listStorageRegions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/storage-devices/{deviceId}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The storage device's id, five or six letters. Anything else is answered with 404.
                 * @example codRk
                 */
                deviceId: components["parameters"]["StorageDeviceId"];
            };
            cookie?: never;
        };
        /**
         * Get a storage device
         * @description What the device was asked to be, and where its status and its uses are found.
         */
        get: operations["getStorageDevice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/storage-devices/{deviceId}/submit/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The storage device's id, five or six letters. Anything else is answered with 404.
                 * @example codRk
                 */
                deviceId: components["parameters"]["StorageDeviceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Launch a storage device
         * @description From here on the device costs. It can be used once its latest status is `Started`.
         */
        post: operations["submitStorageDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/storage-devices/{deviceId}/shutdown/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The storage device's id, five or six letters. Anything else is answered with 404.
                 * @example codRk
                 */
                deviceId: components["parameters"]["StorageDeviceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shut down a storage device
         * @description Ends the device. The help says of devices that reach their walltime that all their files are first saved to the user's cloud storage.
         */
        post: operations["shutDownStorageDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/storage-devices/{deviceId}/statuses/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The storage device's id, five or six letters. Anything else is answered with 404.
                 * @example codRk
                 */
                deviceId: components["parameters"]["StorageDeviceId"];
            };
            cookie?: never;
        };
        /**
         * List the status history of a storage device
         * @description Every status that the device has had, newest first, in the words of clusters. A device that is only saved is `Not Started`; one that can be used is `Started`, one that has ended is `Stopped`.
         */
        get: operations["listStorageDeviceStatuses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/storage-devices/{deviceId}/file-downloads/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The storage device's id, five or six letters. Anything else is answered with 404.
                 * @example codRk
                 */
                deviceId: components["parameters"]["StorageDeviceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put files onto a storage device
         * @description Copies files of the user's cloud storage onto the device, into a folder of it.
         */
        post: operations["downloadFilesToStorageDevice"];
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
        /**
         * List files
         * @description All files that the user can see: uploads, outputs of their jobs, and files shared with them, newest first. Deleted files may still be listed, with `isDeleted` true.
         */
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
        /**
         * Upload a file, by PUT
         * @description The same as POST; it replaces nothing.
         */
        put: operations["replaceUploadFile"];
        /**
         * Upload a file
         * @description Takes one file in a part named `file`, whose file name becomes the file's name. Type 1, input, unless another is given. The part's own headers may be odd: the documented Python example puts a dictionary in place of its content type, and one client gives the part `typeId` a file name. A file cannot be uploaded in ranges; one call takes up to 5 GB.
         */
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
                /**
                 * @description The file's id, five or six letters. Anything else is answered with 404.
                 * @example iCdseg
                 */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        /**
         * Get a file's metadata
         * @description Name, size, checksums and whereabouts of a file.
         */
        get: operations["getFile"];
        put?: never;
        post?: never;
        /**
         * Delete a file
         * @description Deletes the file's bytes. Jobs that have it as an input keep their link to it, and cannot be submitted any more.
         */
        delete: operations["deleteFile"];
        options?: never;
        head?: never;
        /**
         * Change a file's metadata
         * @description Changes the file's name or type. The whole metadata may be sent; what cannot be changed is ignored. The key in object storage stays.
         */
        patch: operations["updateFile"];
        trace?: never;
    };
    "/api/v2/files/{fileId}/contents/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The file's id, five or six letters. Anything else is answered with 404.
                 * @example iCdseg
                 */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        /**
         * Read a file's bytes
         * @description The whole file or, where the request has a range, that part of it. A range that ends beyond the end of the file is cut off there: the tutorial's last range always does. Every other call of this API ignores a range. HEAD is answered like GET, without the bytes.
         */
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
                /**
                 * @description The file's id, five or six letters. Anything else is answered with 404.
                 * @example iCdseg
                 */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        /**
         * Read a text file line by line
         * @description The lines of a text file, all of them at once, each with its newline.
         */
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
        /** @description A piece of software (a "tile" in the portal), with all its versions. */
        Analysis: {
            /** @description What a job names the software by. */
            code: string;
            name: string;
            /** @description HTML. */
            description: string;
            vendorName: string;
            thumbnail?: string | null;
            category?: string;
            industries: components["schemas"]["Industry"][];
            /** @description Newest first. */
            versions: components["schemas"]["AnalysisVersion"][];
            supportDesks: components["schemas"]["SupportDesk"][];
            licenseSettings: components["schemas"]["LicenseSetting"][];
            hasRescaleLicense: boolean;
            hasShortTermLicense: boolean;
            hasOnDemandLicense?: boolean;
            pricing: string | null;
            optimizerType: number | null;
            /** @description Further reading. */
            resources: components["schemas"]["AnalysisResource"][];
            displayOrder?: number | null;
        };
        /** @description The software and its version. Without a version the newest is taken. */
        AnalysisChoice: {
            code: string;
            /** @description The version's code. Its name in place of the code is refused. */
            version?: string;
            /** @description The version's name, to be sent instead of its code. */
            versionName?: string;
        };
        /** @description A page of analyses. */
        AnalysisPage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["Analysis"][];
        };
        /** @description The software and its version, with the names of both. */
        AnalysisReference: {
            code: string;
            name: string;
            /** @description The version's code. */
            version: string;
            versionName: string;
        };
        /** @description A page about the software. */
        AnalysisResource: {
            name: string;
            url: string;
        };
        /** @description One version of a piece of software. */
        AnalysisVersion: {
            id: string;
            /**
             * @description What the portal shows.
             * @example CPU
             * @example 7 (Intel MPI)
             */
            version: string;
            /**
             * @description What a job names the version by.
             * @example 0
             * @example 7-intelmpi
             * @example 2021r1
             */
            versionCode: string;
            /** @description Codes of the core types that the version runs on. */
            allowedCoreTypes: string[];
            /** @description A command to begin with, in which `<job>`, `<mpi-ranks>` and `<smp-ranks>` stand for values. */
            stdCommand?: string;
            /** @description The same for several cores of one node. */
            smpCommand?: string;
            /** @description The same for several nodes. */
            mpiCommand?: string;
            eula?: string | null;
            type?: string;
            oses?: string[];
            mustBeRequested?: boolean;
        };
        /** @description The resources by name, each with its absolute URL. */
        ApiRoot: {
            [key: string]: string;
        };
        /** @description An automation, named by its id. */
        AutomationReference: {
            id: string;
        };
        /** @description Mistakes by field, or one sentence on the request as a whole. */
        BadRequestError: components["schemas"]["ErrorDetail"] | components["schemas"]["ValidationErrors"];
        /**
         * @description INSTANT is On-Demand Priority, ON_DEMAND is On-Demand Economy. Succeeds `isLowPriority`.
         * @enum {string}
         */
        BillingPriority: "INSTANT" | "ON_DEMAND" | "RESERVED";
        /**
         * @description Where the cluster of a job stands.
         * @enum {string}
         */
        ClusterStatus: "Not Started" | "Pending" | "Queued" | "Starting" | "Started" | "Stop Requested" | "Stopping" | "Stopped" | "Unknown" | "Error";
        /** @description One entry of the status history of a job's cluster. */
        ClusterStatusEntry: {
            status: components["schemas"]["ClusterStatus"];
            statusDate: components["schemas"]["UtcTime"];
            statusReason: string | null;
        };
        /** @description The latest status of a job's cluster, as the portal shows it. */
        ClusterStatusLabel: {
            /** @description Empty before there is a cluster. */
            content: components["schemas"]["ClusterStatus"] | "";
            labelClass: string;
            useLabel: boolean;
        };
        /** @description A page of the status history of a job's cluster. */
        ClusterStatusPage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            /** @description Newest first. */
            results: components["schemas"]["ClusterStatusEntry"][];
        };
        /** @description The organisation that the user works for. */
        Company: {
            /** @description Stands for the organisation in paths. */
            code: string;
            name?: string;
            projects: components["schemas"]["Project"][];
        };
        /** @description What one core of a core type costs for one hour, under one plan and operating system. */
        ComputePrice: {
            /** @description The core type's code. */
            coreType: string;
            /**
             * @description Ends in `on-demand` for On-Demand Economy.
             * @example on-demand
             * @example on-demand-pro
             */
            planType: string;
            /**
             * @example linux
             * @example windows
             */
            os: string;
            /** @description Whether this price is in force. */
            isActive: boolean;
            value: components["schemas"]["Money"];
        };
        /** @description Where one machine can be reached. */
        ConnectionDetail: {
            host: string;
            port: number;
        };
        /** @description Where the machines of a job's cluster can be reached. */
        ConnectionDetails: {
            connectionDetails: components["schemas"]["ConnectionDetail"][];
        };
        /** @description What the hardware comes to. */
        CoreSummary: {
            /** @description Megabytes. */
            memoryPerNode: number;
            /** @description A whole number, sent with a decimal point. */
            numberOfNodes: number;
            /** @description Gigabytes. */
            storagePerNode: number;
        };
        /** @description A kind of hardware that jobs can ask for. */
        CoreType: {
            /** @description What a job names the core type by. */
            code: string;
            /** @description What the portal shows, which may be another word than the code. */
            name: string;
            description: string;
            /** @description Sizes that one slot can have on a single node, smallest first. A slot of several nodes has a multiple of the last. */
            cores: number[];
            /** @description How many GPUs each of the sizes has, in the order of `cores`. */
            gpuCounts?: number[];
            /** @description On-demand price of one core for one hour. */
            price: number;
            /** @description Economy price of one core for one hour, as a decimal in a string. */
            lowPriorityPrice: string;
            compute: string | null;
            io: string;
            storageIo: string;
            /** @description Megabytes of memory for each core. */
            memory: number;
            /** @description Gigabytes of disk for each core. */
            storage: number;
            processorInfo: string;
            baseClockSpeed?: string;
            hasSsd: boolean;
            /** @description Whether jobs on this core type can no longer be submitted. */
            isDeprecated: boolean;
            isPrimary: boolean;
            isDefault?: boolean;
            isActive?: boolean;
            mustBeRequested?: boolean;
            remoteVizAllowed: boolean;
            /** @description Whether a job on this core type has to set a walltime. */
            walltimeRequired: boolean;
            /** @description Sort key in the portal. */
            displayOrder: number | null;
            /**
             * @example [
             *       "general"
             *     ]
             */
            categoryCodes: string[];
            color?: string;
        };
        /** @description A core type, named by its code. Other keys of a core type are ignored. */
        CoreTypeChoice: {
            code: string;
        };
        /** @description A page of core types. */
        CoreTypePage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["CoreType"][];
        };
        /** @description How many items there are on all pages together. */
        Count: number;
        /** @description A custom field of a job with its value. */
        CustomField: {
            meta: components["schemas"]["CustomFieldMeta"];
            value: components["schemas"]["CustomFieldValue"];
        };
        /** @description What a custom field is. */
        CustomFieldMeta: {
            name: string;
        };
        /** @description A text, number, flag or list of texts, as the field's type wants it; null while it has none. */
        CustomFieldValue: string | number | boolean | null | string[];
        /** @description Custom fields by name. */
        CustomFieldValues: {
            [key: string]: components["schemas"]["CustomFieldValue"];
        };
        /** @description Custom fields by name, each with what it is. */
        CustomFields: {
            [key: string]: components["schemas"]["CustomField"];
        };
        /** @description A file in the work directory of a run that is under way. */
        DirectoryEntry: {
            /** @description The path within the work directory. */
            path: string;
            /** @description The path of the API that reads the file. */
            resource: string;
        };
        /** @description One sentence on what is wrong with the request as a whole. */
        ErrorDetail: {
            /** @description The sentence. Its text may change; nothing but a human should depend on it. */
            detail: string;
        };
        /** @description A file's metadata. */
        File: {
            id: components["schemas"]["ShortId"];
            name: string;
            typeId: components["schemas"]["FileTypeId"];
            dateUploaded: components["schemas"]["UtcTime"];
            /** @description Where the file belongs in a work directory. An input's equals its name. */
            relativePath: string | null;
            /** @description The key in object storage: `user/user_{user}/{stem}-{uuid}{extension}` for an upload, `user/user_{user}/output/job_{job}/run{n}/{relativePath}` for an output. */
            path: string;
            pathParts?: components["schemas"]["PathParts"];
            storage?: components["schemas"]["StorageLocation"];
            /** @description The 32 bytes that the stored file is encrypted with, in base64. */
            encodedEncryptionKey: string | null;
            /**
             * Format: uri
             * @description Absolute URL of the file's bytes.
             */
            downloadUrl: string;
            /** @description E-mail addresses of the users that the file is shared with. */
            sharedWith: string[];
            /** @description How many bytes the file has. */
            decryptedSize: number;
            /** @description The owner's e-mail address. */
            owner: string;
            /** @description Whether all bytes are there. An output of a running job may not be. */
            isUploaded: boolean;
            /** @description Whether only the metadata is left. */
            isDeleted: boolean;
            viewInBrowser: boolean;
            /** @description Digests of the bytes, in lower case. */
            fileChecksums: components["schemas"]["FileChecksum"][];
            md5?: string | null;
            userTags?: string[];
        };
        /** @description A digest of a file's bytes. */
        FileChecksum: {
            /** @example sha512 */
            hashFunction: string;
            /** @description The digest in lower-case hexadecimal. */
            fileHash: string;
        };
        /** @description An uploaded file. Other keys of a file are ignored. */
        FileChoice: {
            id: string;
        };
        /** @description A text file line by line. */
        FileLines: {
            /** @description The lines, each with its newline. */
            lines: string[];
        };
        /** @description A page of files. */
        FilePage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["File"][];
        };
        /** @description The last lines of a file in the work directory. */
        FileTail: {
            /** @description What `file` says about it. */
            fileType: string;
            /** @description The lines, without their newlines. */
            lines: string[];
        };
        /**
         * @description What a file is for: 1 input, 2 template, 3 parameters, 4 script, 5 output, 7 design variables, 8 case, 9 optimizer, 10 temporary, 11 checkpoint archive, 12 snapshot.
         * @enum {integer}
         */
        FileTypeId: 1 | 2 | 3 | 4 | 5 | 7 | 8 | 9 | 10 | 11 | 12;
        /** @description What to change in a file's metadata. Any other key of a file may be there and is ignored. */
        FileUpdate: {
            name?: string;
            /**
             * @description What the file is for.
             * @enum {integer}
             */
            typeId?: 1 | 2 | 3 | 4 | 5 | 7 | 8 | 9 | 10 | 11 | 12;
        };
        /** @description The parts of an upload. */
        FileUpload: {
            /**
             * Format: binary
             * @description The bytes. The part's file name becomes the file's name, and may hold slashes.
             */
            file: string;
            /**
             * @description What the file is for.
             * @default 1
             * @enum {integer}
             */
            typeId?: 1 | 2 | 3 | 4 | 5 | 7 | 8 | 9 | 10 | 11 | 12;
        };
        /** @description What an analysis of a job runs on. */
        Hardware: {
            coreType: components["schemas"]["HardwareCoreType"];
            coresPerSlot: number;
            /** @description How many runs go on at a time. */
            slots: number;
            /** @description Hours after which the cluster is shut down; null if the job may run until it is stopped. */
            walltime: number | null;
            /** @enum {string} */
            type: "compute" | "interactive";
            coreSummary?: components["schemas"]["CoreSummary"];
        };
        /** @description The core type of an analysis, with fewer fields than in the list of core types. */
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
            /** @description A core type's code, by itself or in an object. */
            coreType: string | components["schemas"]["CoreTypeChoice"];
            /** @description One of the core type's sizes, or a multiple of its largest. */
            coresPerSlot: number;
            /** @default 1 */
            slots?: number;
            /**
             * @description Hours. Above the user's `maxJobHours` it is said to be refused.
             * @default null
             */
            walltime?: number | null;
            /**
             * @default compute
             * @enum {string}
             */
            type?: "compute" | "interactive";
        };
        /** @description Any JSON. The service does not look at it. */
        IgnoredBody: unknown;
        /** @description Who uses the software. */
        Industry: {
            name: string;
            icon: string | null;
        };
        /** @description The metadata of a file among the inputs of a job, and whether it is unpacked there. */
        InputFile: {
            id: components["schemas"]["ShortId"];
            name: string;
            typeId: components["schemas"]["FileTypeId"];
            dateUploaded: components["schemas"]["UtcTime"];
            /** @description Where the file belongs in a work directory. An input's equals its name. */
            relativePath: string | null;
            /** @description The key in object storage: `user/user_{user}/{stem}-{uuid}{extension}` for an upload, `user/user_{user}/output/job_{job}/run{n}/{relativePath}` for an output. */
            path: string;
            pathParts?: components["schemas"]["PathParts"];
            storage?: components["schemas"]["StorageLocation"];
            /** @description The 32 bytes that the stored file is encrypted with, in base64. */
            encodedEncryptionKey: string | null;
            /**
             * Format: uri
             * @description Absolute URL of the file's bytes.
             */
            downloadUrl: string;
            /** @description E-mail addresses of the users that the file is shared with. */
            sharedWith: string[];
            /** @description How many bytes the file has. */
            decryptedSize: number;
            /** @description The owner's e-mail address. */
            owner: string;
            /** @description Whether all bytes are there. An output of a running job may not be. */
            isUploaded: boolean;
            /** @description Whether only the metadata is left. */
            isDeleted: boolean;
            viewInBrowser: boolean;
            /** @description Digests of the bytes, in lower case. */
            fileChecksums?: components["schemas"]["FileChecksum"][];
            md5?: string | null;
            userTags?: string[];
            /** @description Whether an archive is unpacked before the command starts. */
            decompress: boolean;
        };
        /** @description An uploaded file to be placed in the work directory. Other keys of a file are ignored. */
        InputFileChoice: {
            id: string;
            /**
             * @description Whether an archive is unpacked.
             * @default true
             */
            decompress?: boolean;
        };
        /** @description One machine of a job's cluster. */
        Instance: {
            id: components["schemas"]["ShortId"];
            clusterId: components["schemas"]["ShortId"];
            dateStarted: components["schemas"]["UtcTime"];
            /** @example compute0 */
            instanceGroup: string;
            isBehindNat: boolean;
            privateHostname: string;
            privateIp: string;
            /** @description Changes when an economy job is restarted on another machine. */
            publicHostname: string;
            publicIp: string;
            /**
             * @description Which machine leads a cluster of several.
             * @enum {string}
             */
            role: "CUSTOM" | "MPI_MASTER" | "MPI_SLAVE";
            sshPort: number;
            /**
             * @example [
             *       "ssh"
             *     ]
             */
            supportedServices: string[];
            /** @example default */
            tenancy: string;
            /**
             * @description The unix user to log in as, made of the platform's tag and the job's id.
             * @example uprod_jvSjFc
             */
            username: string;
        };
        /** @description A page of machines. */
        InstancePage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["Instance"][];
        };
        /** @description A job's definition. How far the job has come stands in its status history, not here. */
        Job: {
            id: components["schemas"]["ShortId"];
            name: string;
            /**
             * Format: email
             * @description The owner's e-mail address.
             */
            owner: string;
            dateInserted: components["schemas"]["UtcTime"];
            description: string;
            /** @description The project that the cost is booked on. */
            projectId: string | null;
            /** @description True for On-Demand Economy, false for On-Demand Priority. */
            isLowPriority: boolean;
            billingPriorityValue: components["schemas"]["BillingPriority"];
            /** @description May be null even on a finished job. */
            elapsedWalltimeSeconds: number | null;
            isTemplate: boolean;
            /** @description The job that this one was copied from by its sender. */
            clonedFrom: string | null;
            folderId: string | null;
            userTags: components["schemas"]["UserTag"][];
            /** @description E-mail addresses of the users that the job is shared with. */
            sharedWith?: string[];
            /** @description The addresses that may connect to the cluster. */
            cidrRule: string | null;
            /** @description The SSH key that the cluster lets in. */
            publicKey: string | null;
            sshPort: number | null;
            archiveFilters: components["schemas"]["ResourceFilter"][];
            resourceFilters: components["schemas"]["ResourceFilter"][];
            /** @description Run one after the other, in this order. */
            jobanalyses: components["schemas"]["JobAnalysis"][];
            jobvariables: components["schemas"]["JobVariable"][];
            jobAutomations: components["schemas"]["JobAutomation"][];
            /** @description The cases of a design of experiments: a CSV file, one run a line. */
            paramFile: components["schemas"]["File"] | null;
            caseFile: components["schemas"]["File"] | null;
            optimizer: components["schemas"]["File"] | null;
            /** @description How many runs a design of experiments has. */
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
            /** @description The inputs with their whole metadata, whatever was sent of it. */
            inputFiles: components["schemas"]["InputFile"][];
            inputFolders?: {
                [key: string]: unknown;
            }[];
            /** @description Environment variables of the command, such as licence servers. */
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
        /** @description One piece of software for a job, with its command, hardware and inputs. Keys that are not listed are ignored. */
        JobAnalysisCreate: {
            analysis: components["schemas"]["AnalysisChoice"];
            /** @description What the shell runs. It may not be blank; an analysis without a command of its own sends a comment such as `# `. */
            command: string;
            hardware: components["schemas"]["HardwareCreate"];
            /** @default [] */
            inputFiles?: components["schemas"]["InputFileChoice"][];
            /** @default [] */
            inputFolders?: {
                [key: string]: unknown;
            }[];
            /**
             * @description Environment variables of the command, such as licence servers.
             * @default {}
             */
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
        /** @description Switches that the portal sets. */
        JobAnalysisFlags: {
            igCv?: boolean;
            runForever?: boolean;
        } & {
            [key: string]: unknown;
        };
        /** @description A script that the company runs before or after its jobs. The real service answers 500 when `environmentVariables` is left out. */
        JobAutomation: {
            automation: components["schemas"]["AutomationReference"];
            environmentVariables: {
                [key: string]: string;
            };
        };
        /** @description A job to save. Keys that are not listed are ignored, so that a job read from the API can be sent back. */
        JobCreate: {
            name: string;
            /** @description Run one after the other, in this order. */
            jobanalyses: components["schemas"]["JobAnalysisCreate"][];
            /**
             * @description The project to book the cost on. The company may demand one.
             * @default null
             */
            projectId?: string | null;
            /** @default  */
            description?: string;
            /**
             * @description True for On-Demand Economy, on machines that may be taken away.
             * @default false
             */
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
            /**
             * @description The addresses that may connect to the cluster. Left out, the user's job settings decide.
             * @default 0.0.0.0/0
             */
            cidrRule?: string | null;
            /**
             * @description The SSH key that the cluster lets in. Left out, the user's job settings decide.
             * @default null
             */
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
            /**
             * @description The cases of a design of experiments: a CSV file with the names of the variables in its first line, and a run in each other.
             * @default null
             */
            paramFile?: components["schemas"]["FileChoice"] | null;
            /** @default null */
            caseFile?: components["schemas"]["FileChoice"] | null;
            /** @default null */
            optimizer?: components["schemas"]["FileChoice"] | null;
            /** @default null */
            inputFileParseTask?: components["schemas"]["FileChoice"] | "" | null;
            /** @default null */
            expectedRuns?: number | null;
            /** @default false */
            includeNominalRun?: boolean;
            /** @default false */
            isTemplateDryRun?: boolean;
            /** @default null */
            monteCarloIterations?: number | null;
            /**
             * @description Taken and ignored; a saved job is tagged by its own call.
             * @default []
             */
            tags?: unknown[];
        };
        /** @description A job in the list of jobs, with its latest status and without its definition. */
        JobListItem: {
            id: components["schemas"]["ShortId"];
            name: string;
            /**
             * Format: email
             * @description The owner's e-mail address.
             */
            owner: string;
            dateInserted: components["schemas"]["UtcTime"];
            /** @description Names of the job's software, in its order. */
            analysisNames: string[];
            jobStatus: components["schemas"]["JobStatusLabel"];
            clusterStatusDisplay: components["schemas"]["ClusterStatusLabel"];
            /** @description Never seen to be false. */
            isVisible: boolean;
            /** @description E-mail addresses of the users that the job is shared with. */
            sharedWith: string[];
            /** @description Bytes of all inputs and outputs. */
            storage: number;
        };
        /** @description A page of jobs. */
        JobPage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            /** @description Newest first. */
            results: components["schemas"]["JobListItem"][];
        };
        /** @description Whom to share a job with. One of `email` and `account` is needed. */
        JobShare: {
            /** Format: email */
            email?: string;
            /** @description A workspace's id. */
            account?: string;
            /** @default  */
            message?: string;
        };
        /** @description Whom a job was shared with. */
        JobShareReceipt: {
            recipient: string | null;
            supportDesk: string | null;
        };
        /**
         * @description Where a job stands. `Completed` says that it is over, not that it went well; that stands in the reason and in the process output.
         * @enum {string}
         */
        JobStatus: "Pending" | "Waiting for Queue" | "Queued" | "Waiting for Cluster" | "Started" | "Validated" | "Executing" | "Stopping" | "Completed" | "Force Stop";
        /** @description One entry of a job's status history. */
        JobStatusEntry: {
            id?: components["schemas"]["ShortId"];
            jobId?: components["schemas"]["ShortId"];
            status: components["schemas"]["JobStatus"];
            statusDate: components["schemas"]["OffsetTime"];
            /**
             * @example Completed successfully
             * @example A run failed
             * @example User Terminated
             * @example Exceeded max number of restarts
             * @example Could not allocate compute resources from the compute provider
             */
            statusReason: string | null;
        };
        /** @description A job's latest status, as the portal shows it. */
        JobStatusLabel: {
            /** @description Empty before the job is submitted. */
            content: components["schemas"]["JobStatus"] | "";
            labelClass: string;
            useLabel: boolean;
        };
        /** @description A page of a job's status history. */
        JobStatusPage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            /** @description Newest first. */
            results: components["schemas"]["JobStatusEntry"][];
        };
        /** @description A word that a job can be found by. */
        JobTag: {
            name: string;
            /** @description The name in lower case. */
            normalizedName: string;
        };
        /** @description The tag to add or to remove. */
        JobTagChange: {
            name: string;
        };
        /** @description What to change in a saved job; what is left out stays. Keys that are not listed are ignored. */
        JobUpdate: {
            name?: string;
            /** @description Run one after the other, in this order. */
            jobanalyses?: components["schemas"]["JobAnalysisCreate"][];
            /** @description The project to book the cost on. The company may demand one. */
            projectId?: string | null;
            description?: string;
            /** @description True for On-Demand Economy, on machines that may be taken away. */
            isLowPriority?: boolean;
            billingPriorityValue?: components["schemas"]["BillingPriority"];
            isTemplate?: boolean;
            clonedFrom?: string | null;
            templatedFrom?: string | null;
            folderId?: string | null;
            clusterId?: string | null;
            /** @description The addresses that may connect to the cluster. */
            cidrRule?: string | null;
            /** @description The SSH key that the cluster lets in. */
            publicKey?: string | null;
            sshPort?: number | null;
            archiveFilters?: components["schemas"]["ResourceFilter"][];
            resourceFilters?: components["schemas"]["ResourceFilter"][];
            jobvariables?: components["schemas"]["JobVariableCreate"][];
            jobAutomations?: components["schemas"]["JobAutomation"][];
            /** @description The cases of a design of experiments: a CSV file with the names of the variables in its first line, and a run in each other. */
            paramFile?: components["schemas"]["FileChoice"] | null;
            caseFile?: components["schemas"]["FileChoice"] | null;
            optimizer?: components["schemas"]["FileChoice"] | null;
            inputFileParseTask?: components["schemas"]["FileChoice"] | "" | null;
            expectedRuns?: number | null;
            includeNominalRun?: boolean;
            isTemplateDryRun?: boolean;
            monteCarloIterations?: number | null;
            /** @description Taken and ignored; a saved job is tagged by its own call. */
            tags?: unknown[];
        };
        /** @description A variable of a design of experiments or an optimisation. */
        JobVariable: {
            name: string;
            variableType: string;
            displayOrder: number;
            valueGeneratorType: string;
            valueGeneratorSettings: {
                [key: string]: unknown;
            };
        };
        /** @description A variable of a design of experiments or an optimisation. */
        JobVariableCreate: {
            name: string;
            /** @enum {string} */
            variableType: "Param" | "Design" | "Output" | "Case" | "Constraint" | "Objective";
            /** @default 0 */
            displayOrder?: number;
            /**
             * @description How the variable gets its values where there is no file of cases: each combination of the variables' values is a run, and the last variable changes fastest.
             * @default
             * @example Normal
             * @example Uniform
             * @example Linspace
             * @example FixedRange
             * @example Triangular
             * @example LogNormal
             */
            valueGeneratorType?: string;
            /**
             * @description `minvalue`, `maxvalue` and `increment` of a FixedRange; `minvalue`, `maxvalue` and `count` of a Linspace.
             * @default {}
             */
            valueGeneratorSettings?: {
                [key: string]: unknown;
            };
        };
        /** @description How many licences of one kind. */
        LicenseFeature: {
            name: string;
            count: number | string;
        };
        /** @description Licences that are taken out together. */
        LicenseFeatureSet: {
            /** @example USER_SPECIFIED */
            name: string;
            features: components["schemas"]["LicenseFeature"][];
        };
        /** @description Who sells the licence by the hour. */
        LicenseSeller: {
            code: string;
            name: string;
        };
        /** @description An environment variable that tells the software where its licences are. */
        LicenseSetting: {
            /** @description The environment variable's name, to be set in a job's `envVars`. */
            name: string;
            label: string;
            helpText: string;
            licenseType: string;
            isServer: boolean;
            required?: boolean;
            canCheckAvailability?: boolean;
        };
        /** @description An amount of money. */
        Money: {
            amount: string | number;
            currency?: string;
        };
        /**
         * Format: uri
         * @description Absolute URL of the following page, with the query of this one; null on the last page.
         */
        NextLink: string | null;
        /**
         * Format: date-time
         * @description A moment in UTC with six digits of a second, ending in `+00:00`.
         * @example 2023-09-04T11:40:12.123456+00:00
         */
        OffsetTime: string;
        /** @description The container in object storage and the key within it. */
        PathParts: {
            container: string;
            path: string;
        };
        /**
         * Format: uri
         * @description Absolute URL of the page before, with the query of this one; null on the first page.
         */
        PreviousLink: string | null;
        /** @description What the cost of a job is booked on. */
        Project: {
            id: components["schemas"]["ShortId"];
            name: string;
        };
        /** @description The project that a job is to be booked on. */
        ProjectAssignment: {
            projectId: string;
        };
        /** @description A page of projects. */
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
        /** @description One execution of a job's commands. A basic job has one, a design of experiments has one for each case. */
        Run: {
            /** @description The run's number within its job, counted from 1, as a string. */
            id: string;
            /**
             * @description 1 optimisation, 2 iteration, 3 case. A basic job's run is a case.
             * @enum {integer}
             */
            type: 1 | 2 | 3;
            /** @description The run that this one is part of. */
            parent: string | null;
            displayOrder: number;
            isOptimal: boolean;
            /** @description Null while the run waits for a slot. */
            dateStarted: components["schemas"]["UtcTime"] | null;
            /** @description Null while the run is under way. */
            dateCompleted: components["schemas"]["UtcTime"] | null;
            /** @description 0 while the run is under way. */
            outputFileCount: number;
            /** @description Bytes of all output files; null while the run is under way. */
            outputFileSize: number | null;
            /** @description Those of the run's case, and what its post-processing script found: each line of a name, a tab and a value in the script's output. */
            variables: components["schemas"]["RunVariable"][];
        };
        /** @description A page of runs. */
        RunPage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            results: components["schemas"]["Run"][];
        };
        /** @description An empty object. */
        RunStop: Record<string, never>;
        /** @description The value that a variable has in a run. */
        RunVariable: {
            name: string;
            /** @description The number that the text stands for, or the text where it stands for none. */
            value: number | string | null;
            /** @description What stands in the filled template. */
            displayValue: string;
            isRelative: boolean;
        };
        /**
         * @description Five or six ASCII letters, upper and lower case, without digits.
         * @example jvSjFc
         * @example LeeKa
         */
        ShortId: string;
        /** @description What became of the wish for a snapshot. */
        Snapshot: {
            data: string;
            exitcode: number;
            lastSnapshotID: string | null;
            reason: string;
        };
        /** @description The storage device that a job has. */
        StorageAttachment: {
            storageDevice: components["schemas"]["StorageDeviceChoice"];
        };
        /** @description How to reach an object storage. */
        StorageConnection: {
            region?: string;
            container?: string;
            pathBase?: string;
            pathPartsBase?: string;
            storageAccount?: string;
            accountName?: string;
        };
        /** @description A file system that outlives jobs, as it was asked for. */
        StorageDevice: {
            id: components["schemas"]["ShortId"];
            name: string;
            clusterId: components["schemas"]["ShortId"];
            /** @description Gigabytes, in powers of ten. */
            storageSize: number;
            dateInserted: components["schemas"]["UtcTime"];
            /**
             * Format: email
             * @description The owner's e-mail address.
             */
            owner: string;
            hardware: components["schemas"]["StorageHardware"];
            urls: components["schemas"]["StorageUrls"];
            /** @description Percent of the size, at which the owner is told for the first time. */
            firstAlert?: number;
            secondAlert?: number;
            autoextend?: boolean;
            autoextendPercent?: number;
            walltimeAlert?: boolean;
            walltimeAlertHours?: number;
            region?: components["schemas"]["StorageRegion"];
        };
        /** @description A storage device, named by its id. */
        StorageDeviceChoice: {
            id: string;
        };
        /** @description A storage device to save. Keys that are not listed are ignored. */
        StorageDeviceCreate: {
            name: string;
            /** @description Gigabytes. Needed, unless `storageSizeMb` is given. */
            storageSize?: number;
            /** @description Megabytes, as an older client sends to version 3. */
            storageSizeMb?: number;
            hardware?: components["schemas"]["StorageHardwareCreate"];
            /** @description Hours, where `hardware` does not say it; an older client sends it so to version 3. */
            walltime?: number | null;
            firstAlert?: number;
            secondAlert?: number;
            autoextend?: boolean;
            autoextendPercent?: number;
            walltimeAlert?: boolean;
            walltimeAlertHours?: number;
            region?: components["schemas"]["StorageRegionChoice"] | null;
        };
        /** @description A storage device in the list. */
        StorageDeviceListItem: {
            id: components["schemas"]["ShortId"];
            name: string;
            clusterId: components["schemas"]["ShortId"];
            /** @description Gigabytes, in powers of ten. */
            storageSize: number;
            dateInserted: components["schemas"]["UtcTime"];
            /**
             * Format: email
             * @description The owner's e-mail address.
             */
            owner: string;
            hardware: components["schemas"]["StorageWalltime"];
            urls: components["schemas"]["StorageUrls"];
        };
        /** @description A page of storage devices. */
        StorageDevicePage: {
            count: components["schemas"]["Count"];
            next: components["schemas"]["NextLink"];
            previous: components["schemas"]["PreviousLink"];
            /** @description Newest first. */
            results: components["schemas"]["StorageDeviceListItem"][];
        };
        /** @description Files for a storage device, and the folder of it that they go into. */
        StorageFileDownload: {
            files: components["schemas"]["FileChoice"][];
            /**
             * @description From the device's own folder.
             * @default
             */
            outputDir?: string;
        };
        /** @description What a storage device runs on. */
        StorageHardware: {
            /** @description Hours from its start; null if it lasts until it is shut down. */
            walltime: number | null;
            coresPerSlot?: number;
            coreType?: string;
        };
        /** @description What a storage device shall run on. */
        StorageHardwareCreate: {
            walltime?: number | null;
            coresPerSlot?: number;
            coreType?: string;
        };
        /** @description The object storage that holds files. */
        StorageLocation: {
            id: string;
            /** @enum {string} */
            storageType: "S3Storage" | "AzureStorage";
            encryptionType: string;
            connectionSettings?: components["schemas"]["StorageConnection"];
        };
        /** @description Where a storage device can be launched. */
        StorageRegion: {
            id: string;
            name: string;
        };
        /** @description A region, named by its id. */
        StorageRegionChoice: {
            id: string;
        };
        /** @description Where a storage device can be asked and told, as absolute URLs of the same host. */
        StorageUrls: {
            /** Format: uri */
            statuses: string;
            /**
             * Format: uri
             * @description The address that submits it.
             */
            start: string;
            /** Format: uri */
            fileDownload: string;
        };
        /** @description How long a storage device lasts. */
        StorageWalltime: {
            /** @description Hours from its start; null if it lasts until it is shut down. */
            walltime: number | null;
        };
        /** @description Who helps with the software. */
        SupportDesk: {
            code: string;
            displayName: string;
            email?: string;
        };
        /** @description A file made for each run out of a template, in which `${name}` stands for a variable's value. */
        TemplateTask: {
            templateFile: components["schemas"]["File"];
            /** @description Where the file is made, within the work directory. */
            processedFilename: string;
        };
        /** @description A file to be made for each run out of a template, in which `${name}` stands for a variable's value, and `${name?string("0.00##")}` for the same in a number format, as of Java's DecimalFormat. */
        TemplateTaskCreate: {
            templateFile: components["schemas"]["FileChoice"];
            processedFilename: string;
        };
        /** @description The user that the API key belongs to. No source prints a whole body; each field is read by some client. */
        User: {
            /** Format: email */
            email: string;
            username: string;
            fullName: string;
            company: components["schemas"]["Company"];
            workspace: components["schemas"]["Workspace"];
            /** @description The longest walltime that a job may ask for, in hours. */
            maxJobHours?: number;
            defaultStorage?: components["schemas"]["StorageLocation"];
        };
        /** @description Licences that a job takes out. */
        UserDefinedLicenseSettings: {
            featureSets: components["schemas"]["LicenseFeatureSet"][];
        };
        /** @description A tag of the job. */
        UserTag: {
            name: string;
        };
        /**
         * Format: date-time
         * @description A moment in UTC with six digits of a second, ending in `Z`.
         * @example 2023-09-04T11:03:46.398510Z
         */
        UtcTime: string;
        /** @description What is wrong, by the name of the field. A field that holds a list of objects answers with a list by position, in which an object without mistakes stands as an empty one. */
        ValidationErrors: {
            [key: string]: components["schemas"]["ValidationMessages"];
        };
        /** @description Messages on one field, or the mistakes in the fields within it. */
        ValidationMessages: string[] | (components["schemas"]["ValidationErrors"] | string[])[] | components["schemas"]["ValidationErrors"];
        /** @description The workspace that the key belongs to; a user has one key for each. */
        Workspace: {
            id: string;
            name: string;
        };
    };
    responses: {
        /** @description The caller may see this, because someone shared it with them, but may not change it. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The path exists, but does not answer this method. */
        MethodNotAllowed: {
            headers: {
                /**
                 * @description The methods that the path answers.
                 * @example GET, POST, HEAD, OPTIONS
                 */
                Allow: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description There is no such thing, or it belongs to someone else: the two are not told apart. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description There is no such page. */
        PageNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The range begins beyond the end of the file. */
        RangeNotSatisfiable: {
            headers: {
                ETag: components["headers"]["ETag"];
                "Accept-Ranges": components["headers"]["Accept-Ranges"];
                /**
                 * @description How many bytes the file has.
                 * @example bytes *\/1342
                 */
                "Content-Range": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description A GET whose path lacks its last slash is sent to the path that has it, on the same host. */
        SlashMissing: {
            headers: {
                /**
                 * @description The same address with the slash, the query kept.
                 * @example /api/v2/jobs/ObMcJc/
                 */
                Location: string;
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The caller is over a rate limit. Known limits, each per user: 1000 submissions an hour, 90000 reads of jobs an hour; a scope that was hit hard is said to stay shut for long. */
        TooManyRequests: {
            headers: {
                /**
                 * @description How many seconds to wait.
                 * @example 42
                 */
                "Retry-After"?: string;
                /** @description How many requests the scope allows. */
                "X-RateLimit-Limit"?: string;
                /** @description How many requests the scope has left. */
                "X-RateLimit-Remaining"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description No key was sent, or one that this platform does not know. Each platform has keys of its own, so that a good key sent to the wrong platform ends here too. */
        Unauthorized: {
            headers: {
                /**
                 * @description The authentication scheme to use.
                 * @example Token
                 */
                "WWW-Authenticate": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The body has a content type that the service does not read. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description There is no file in the body, or the body is no form. */
        UploadRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BadRequestError"];
            };
        };
        /** @description The file's metadata, in JSON under the content type `text/plain`. */
        Uploaded: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "text/plain": components["schemas"]["File"];
            };
        };
    };
    parameters: {
        /**
         * @description The file's id, five or six letters. Anything else is answered with 404.
         * @example iCdseg
         */
        FileId: string;
        /**
         * @description The job's id, five or six letters. Anything else is answered with 404.
         * @example jvSjFc
         */
        JobId: string;
        /**
         * @description The field to sort by, behind a minus sign for descending order. Left out, the newest come first. A field that cannot be sorted by counts as left out.
         * @example -dateInserted
         */
        Ordering: string;
        /**
         * @description The `code` of the user's company. Anything else is answered with 404.
         * @example demo-company
         */
        OrganizationCode: string;
        /**
         * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
         * @example 2
         */
        Page: number;
        /**
         * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
         * @example 100
         */
        PageSize: number;
        /**
         * @description The run's number within its job, counted from 1. A basic job has run 1 only.
         * @example 1
         */
        RunId: string;
        /**
         * @description Keeps the files whose name contains this text.
         * @example process_output.log
         */
        Search: string;
        /**
         * @description The storage device's id, five or six letters. Anything else is answered with 404.
         * @example codRk
         */
        StorageDeviceId: string;
    };
    requestBodies: {
        /** @description Optional, and not looked at. */
        Ignored: {
            content: {
                "application/json": components["schemas"]["IgnoredBody"];
            };
        };
        /** @description One file, and what it is for. */
        Upload: {
            content: {
                "multipart/form-data": components["schemas"]["FileUpload"];
            };
        };
    };
    headers: {
        /**
         * @description Says that parts of the file can be asked for.
         * @example bytes
         */
        "Accept-Ranges": "bytes";
        /**
         * @description The file's name, for a browser to save it under.
         * @example attachment; filename="pi_estimate.res"
         */
        "Content-Disposition": string;
        /**
         * @description How many bytes the answer has.
         * @example 1342
         */
        "Content-Length": number;
        /**
         * @description Which bytes these are, and of how many. Several parts in one answer carry it each, the answer then not.
         * @example bytes 0-99/1342
         */
        "Content-Range": string;
        /**
         * @description Stays the same as long as the bytes do.
         * @example "ee26b0dd4af7e749aa1a8ee3c10ae992"
         */
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
            /** @description The key is good. */
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
            /** @description The user. */
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
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of projects. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["PageNotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listCoreTypes: {
        parameters: {
            query?: {
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description True keeps the core types that are in service. Left out, or neither true nor false, all are listed.
                 * @example true
                 */
                isActive?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of core types. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoreTypePage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["PageNotFound"];
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
            /** @description All prices. */
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
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description Keeps the software of this code.
                 * @example user_included
                 */
                code?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of software. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalysisPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["PageNotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The software's code.
                 * @example user_included
                 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The software. */
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
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description Keeps the jobs that are over, or those that are not.
                 * @example completed
                 */
                state?: "completed" | "not_completed";
                /**
                 * @description Keeps the jobs whose latest status is this one.
                 * @example COMPLETED
                 */
                job_status?: "PENDING" | "QUEUED" | "STARTED" | "VALIDATED" | "EXECUTING" | "COMPLETED" | "STOPPING" | "WAITING_FOR_CLUSTER" | "FORCE_STOP" | "WAITING_FOR_QUEUE";
                /** @description `1` keeps the jobs that are submitted and not over. */
                t?: "1";
                /** @description `1` keeps the jobs that the user owns. */
                f?: "1";
                /**
                 * @description Keeps the jobs whose name contains this text.
                 * @example Tutorial
                 */
                search?: string;
                /**
                 * @description The field to sort by, behind a minus sign for descending order. Left out, the newest come first. A field that cannot be sorted by counts as left out.
                 * @example -dateInserted
                 */
                ordering?: components["parameters"]["Ordering"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of jobs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description A filter has a value that is none of its choices. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["PageNotFound"];
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
            /** @description The job is saved. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The job cannot be saved like this: a field is missing or of the wrong kind, the core type does not come with that many cores, the software does not have that version or demands something of the command, the company demands a project, the walltime is longer than the user may ask for, or the file with the cases of a design of experiments is broken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
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
            /** @description The job as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The job cannot be saved like this, for the same reasons as when it is created; or the job has been submitted. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
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
                /**
                 * @description Whether the job's input files are deleted too. Python clients send `True`; any spelling that Django REST framework takes for a boolean will do.
                 * @example true
                 */
                deleteInputFiles?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The job's cluster has not stopped yet. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
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
            /** @description The job as it is now, changed or not. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The change is not possible, for the same reasons as when a job is created; or the job has been submitted. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["Ignored"];
        responses: {
            /** @description The job is submitted, or was before. There is no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The job was submitted before, one of its input files has been deleted, or its core type has been taken out of service. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["Ignored"];
        responses: {
            /** @description The job is being stopped. There is no body. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The job is not running. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["Ignored"];
        responses: {
            /** @description The job is being stopped. There is no body. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The job is not running. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listJobStatuses: {
        parameters: {
            query?: {
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The history, which fits one page. */
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
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description Keeps the files whose name contains this text.
                 * @example process_output.log
                 */
                search?: components["parameters"]["Search"];
            };
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of files. */
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
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The history, which fits one page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterStatusPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description There is no such job, or it has no cluster yet. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDetail"];
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    listInstances: {
        parameters: {
            query?: {
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of machines. */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hosts and ports. */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
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
            /** @description The job is shared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobShareReceipt"];
                };
            };
            /** @description Nobody was named to share the job with. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All tags. */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
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
            /** @description The tag. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobTag"];
                };
            };
            /** @description The tag's name is missing or blank. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
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
                /**
                 * @description The tag's name, where no body is sent.
                 * @example Computational_Pipeline
                 */
                name?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /** @description The tag, where the query does not name it. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["JobTagChange"];
            };
        };
        responses: {
            /** @description The job does not have the tag any more. There is no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No tag was named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getJobCustomFields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All fields that have been set. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomFields"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    setJobCustomFields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomFieldValues"];
            };
        };
        responses: {
            /** @description What was sent. A plugin for Nextflow reads it as JSON, and its tests show the same map. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomFieldValues"];
                };
            };
            /** @description No object, or a value that no field can have. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    assignJobToProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `code` of the user's company. Anything else is answered with 404.
                 * @example demo-company
                 */
                organizationCode: components["parameters"]["OrganizationCode"];
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectAssignment"];
            };
        };
        responses: {
            /** @description The assignment. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectAssignment"];
                };
            };
            /** @description There is no such project, or none was named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
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
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of runs. */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
                /**
                 * @description The run's number within its job, counted from 1. A basic job has run 1 only.
                 * @example 1
                 */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
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
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
                /**
                 * @description The run's number within its job, counted from 1. A basic job has run 1 only.
                 * @example 1
                 */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of files. */
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
                /**
                 * @description The run's number within its job, counted from 1. A basic job has run 1 only.
                 * @example 1
                 */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All files. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectoryEntry"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description There is no such run, or it is not under way. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDetail"];
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    tailRunFile: {
        parameters: {
            query?: {
                /**
                 * @description How many lines from the end. Left out, or no positive number, the answer is the file itself.
                 * @example 20
                 */
                lines?: number;
            };
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
                /**
                 * @description The run's number within its job, counted from 1. A basic job has run 1 only.
                 * @example 1
                 */
                runId: components["parameters"]["RunId"];
                /** @description The file's path within the work directory. It may hold slashes, and none follows it. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last lines if `lines` was given, otherwise the file. */
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
            /** @description There is no such run or file, or the run is not under way. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDetail"];
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    stopRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
                /**
                 * @description The run's number within its job, counted from 1. A basic job has run 1 only.
                 * @example 1
                 */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["Ignored"];
        responses: {
            /** @description The run is being stopped. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStop"];
                };
            };
            /** @description The run is not under way. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
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
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
                /**
                 * @description The run's number within its job, counted from 1. A basic job has run 1 only.
                 * @example 1
                 */
                runId: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["Ignored"];
        responses: {
            /** @description The snapshot is being taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snapshot"];
                };
            };
            /** @description The run is not under way. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    attachStorageDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The job's id, five or six letters. Anything else is answered with 404.
                 * @example jvSjFc
                 */
                jobId: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StorageAttachment"];
            };
        };
        responses: {
            /** @description The device is attached. Attaching one again changes nothing. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StorageAttachment"];
                };
            };
            /** @description The job was submitted before, or there is no such device, or it has ended. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listStorageDevices: {
        parameters: {
            query?: {
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description True keeps the devices that are submitted and not yet `Stopped`, false keeps the others.
                 * @example true
                 */
                active?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of storage devices. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StorageDevicePage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["PageNotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    createStorageDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StorageDeviceCreate"];
            };
        };
        responses: {
            /** @description The device as it was saved. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StorageDevice"];
                };
            };
            /** @description Something is missing or cannot be had. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listStorageRegions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All regions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StorageRegion"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getStorageDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The storage device's id, five or six letters. Anything else is answered with 404.
                 * @example codRk
                 */
                deviceId: components["parameters"]["StorageDeviceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The device. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StorageDevice"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    submitStorageDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The storage device's id, five or six letters. Anything else is answered with 404.
                 * @example codRk
                 */
                deviceId: components["parameters"]["StorageDeviceId"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["Ignored"];
        responses: {
            /** @description The device will be launched. There is no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The device was submitted before. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    shutDownStorageDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The storage device's id, five or six letters. Anything else is answered with 404.
                 * @example codRk
                 */
                deviceId: components["parameters"]["StorageDeviceId"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["Ignored"];
        responses: {
            /** @description The device is being shut down. There is no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The device does not run. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listStorageDeviceStatuses: {
        parameters: {
            query?: {
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /**
                 * @description The storage device's id, five or six letters. Anything else is answered with 404.
                 * @example codRk
                 */
                deviceId: components["parameters"]["StorageDeviceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The history, which fits one page. */
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
    downloadFilesToStorageDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The storage device's id, five or six letters. Anything else is answered with 404.
                 * @example codRk
                 */
                deviceId: components["parameters"]["StorageDeviceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StorageFileDownload"];
            };
        };
        responses: {
            /** @description What was put onto the device. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StorageFileDownload"];
                };
            };
            /** @description There is no such file, or the device is not up. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listFiles: {
        parameters: {
            query?: {
                /**
                 * @description Which page, counted from 1. A page beyond the last, or one that is no positive number, is answered with 404.
                 * @example 2
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds. Left out, it is 10 on jobs, job files, run files and files; on core types and analyses it is not known, only that there is more than one page. No maximum is known either: clients have asked for up to 9999 and carried on. A value that is no positive number counts as left out.
                 * @example 100
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description Keeps the files whose name contains this text.
                 * @example process_output.log
                 */
                search?: components["parameters"]["Search"];
                /**
                 * @description `1` leaves out the files that are shared with the user. Any other value counts as left out.
                 * @example 1
                 */
                owner?: 1;
                /**
                 * @description The field to sort by, behind a minus sign for descending order. Left out, the newest come first. A field that cannot be sorted by counts as left out.
                 * @example -dateInserted
                 */
                ordering?: components["parameters"]["Ordering"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of files. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilePage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["PageNotFound"];
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
        requestBody: components["requestBodies"]["Upload"];
        responses: {
            201: components["responses"]["Uploaded"];
            400: components["responses"]["UploadRefused"];
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
        requestBody: components["requestBodies"]["Upload"];
        responses: {
            201: components["responses"]["Uploaded"];
            400: components["responses"]["UploadRefused"];
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
                /**
                 * @description The file's id, five or six letters. Anything else is answered with 404.
                 * @example iCdseg
                 */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metadata. */
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
                /**
                 * @description The file's id, five or six letters. Anything else is answered with 404.
                 * @example iCdseg
                 */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file is gone. There is no body. */
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
                /**
                 * @description The file's id, five or six letters. Anything else is answered with 404.
                 * @example iCdseg
                 */
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
            /** @description The metadata as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            /** @description The name is blank, or there is no such type. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
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
                /**
                 * @description Which bytes, such as `bytes=0-99`, `bytes=100-` or `bytes=-100`.
                 * @example bytes=0-99
                 */
                Range?: string;
                /** @description An ETag; the range counts only if the file still has it. */
                "If-Range"?: string;
                /** @description ETags; the bytes are sent only if the file has none of them. */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The file's id, five or six letters. Anything else is answered with 404.
                 * @example iCdseg
                 */
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
            /** @description The bytes asked for. */
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
                    "Accept-Ranges": components["headers"]["Accept-Ranges"];
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
                /**
                 * @description The file's id, five or six letters. Anything else is answered with 404.
                 * @example iCdseg
                 */
                fileId: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileLines"];
                };
            };
            /** @description The file is not text, or has too many lines for one answer. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadRequestError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
}
