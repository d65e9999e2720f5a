// Generated from openapi/mock-control.yaml by `npm run generate`.
export interface paths {
    "/_mock/time/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the clock, and what is due */
        get: operations["readTime"];
        /** Set the pace */
        put: operations["setPace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/time/advance/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move time
         * @description Whatever is due until then happens in order, each thing at its own instant. Either `by` a duration, or `until` something: the next event, the end of all that is due, or a status of a job or its cluster.
         */
        post: operations["advanceTime"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/endings/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ways in which a job can end
         * @description Each can be asked for at `/_mock/jobs/{jobId}/outcome/`, by `[mock:NAME]` in the name of a job, and by the key `ending` of a recipe.
         */
        get: operations["listEndings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/jobs/{jobId}/outcome/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a job end in a certain way
         * @description Before it is submitted or later, as long as it is not too late for that ending. What happens while commands run happens at once when they are running already and no time is given. The latest wish counts.
         */
        post: operations["setJobOutcome"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/ssh-keys/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the registered keys */
        get: operations["listSshKeys"];
        put?: never;
        /**
         * Register a key
         * @description A key that is registered already keeps its id.
         */
        post: operations["addSshKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/ssh-keys/{keyId}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Forget a key
         * @description Logins that it has opened go on.
         */
        delete: operations["removeSshKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/world/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how much there is in one's world */
        get: operations["readWorld"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/world/reset/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin anew
         * @description The world is as if its key had never been used: the same requests get the same answers again. Live runs end at once; public keys, planned faults and the journal are gone, and the pace is that of new worlds. Snapshots stay.
         */
        post: operations["resetWorld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/world/snapshots/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List snapshots */
        get: operations["listSnapshots"];
        put?: never;
        /**
         * Keep the world as it is under a name
         * @description Jobs, files with their bytes, clock and pace, storage devices and public keys. A snapshot of the same name is forgotten. Of a job whose commands really run, a snapshot has what is known of it, but not its processes: restored, it gets new machines and its commands begin again from their inputs.
         */
        post: operations["takeSnapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/world/snapshots/{name}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["NameParameter"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a snapshot */
        delete: operations["dropSnapshot"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/world/snapshots/{name}/restore/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["NameParameter"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go back to a snapshot
         * @description As often as one likes: from there on the same requests get the same answers. Planned faults and the journal are gone.
         */
        post: operations["restoreSnapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/world/fork/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let another key begin with this world
         * @description The other tenant has the same user, jobs, files and time, under the same ids, and goes on apart. Its key must not have been used before.
         */
        post: operations["forkWorld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/fidelity/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how well everything is known
         * @description Of every operation, answer and field of the User API, what it is known from at best: a recording of the live platform with its day, what was observed elsewhere, the source of a client, documentation, or nothing but inference. The same as `docs/fidelity.md`, field by field.
         */
        get: operations["readFidelity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/tenants/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the worlds that there are */
        get: operations["listTenants"];
        put?: never;
        /**
         * Make a world, and a key for it
         * @description The key is accepted from now on, also by a server that accepts given keys only. A key that is accepted already keeps its world.
         */
        post: operations["createTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/tenants/{tenantId}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenantId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a world
         * @description Its runs end at once and its files are gone. A key that was given at the start, or that any other would do for, is accepted again, and finds a new world.
         */
        delete: operations["deleteTenant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/settings/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how new worlds begin */
        get: operations["readSettings"];
        /**
         * Change how new worlds begin
         * @description What is left out stays. Worlds that there are already stay as they are.
         */
        put: operations["changeSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/shutdown/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the server
         * @description Runs end, files of the temporary folder are removed, and the process exits with 0.
         */
        post: operations["shutDown"];
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
        Answer: {
            grade: components["schemas"]["Grade"];
            /** @description Tags that openapi/SOURCES.md explains. */
            source?: string;
            /** @description Of the newest source: `2023-09`; of a live recording, its day. */
            date?: string;
            /** @description A status, or `request` for the body that is sent. */
            status: string;
            fields: components["schemas"]["Field"][];
        };
        Detail: {
            detail: string;
        };
        Ending: {
            name: string;
            description: string;
            /** @description What a client sees in the end. */
            shows: {
                /** @description Newest first, of a job that is not economy; null when the job is not there any more. */
                job: {
                    status: string;
                    statusReason: string | null;
                }[] | null;
                /** @description Newest first. */
                cluster: string[] | null;
                /** @description How the log ends; null when there is none. */
                log: string[] | null;
                /** @description Which output files there are, in words. */
                files: string;
            };
            /** @description How this is known of the real platform. */
            evidence: {
                /** @enum {unknown} */
                grade: "observed" | "client-source" | "docs" | "inferred";
                source?: string;
                date?: string;
                /** @description What of it no source shows. */
                inferred: string;
            };
        };
        Field: {
            grade: components["schemas"]["Grade"];
            /** @description Tags that openapi/SOURCES.md explains. */
            source?: string;
            /** @description Of the newest source: `2023-09`; of a live recording, its day. */
            date?: string;
            /** @description A JSON pointer in which `*` stands for every item. */
            pointer: string;
        };
        /** @enum {string} */
        Grade: "live" | "observed" | "client-source" | "docs" | "inferred";
        /** @description Letters, digits, spaces, dots, dashes; `snapshot` when it is left out. */
        Name: string;
        Operation: {
            grade: components["schemas"]["Grade"];
            /** @description Tags that openapi/SOURCES.md explains. */
            source?: string;
            /** @description Of the newest source: `2023-09`; of a live recording, its day. */
            date?: string;
            operationId: string;
            method: string;
            path: string;
            answers: components["schemas"]["Answer"][];
        };
        /** @description `real`, `60x` (any factor), `settled`, `still`, `per-request:30s`. */
        Pace: string;
        Snapshot: {
            name: string;
            /**
             * Format: date-time
             * @description What the clock of the world said.
             */
            takenAt: string;
            jobs: number;
            files: number;
        };
        SshKey: {
            id: string;
            publicKey: string;
            fingerprint: string;
        };
        Tenant: {
            tenantId: string;
            /** @description The last four characters of its key. */
            keyEnding: string;
            /**
             * Format: date-time
             * @description What its clock says.
             */
            now: string;
            pace: components["schemas"]["Pace"];
            jobs: number;
        };
    };
    responses: {
        /** @description What is wrong, by field. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        /** @description The request comes from a web page of another origin. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Detail"];
            };
        };
        /** @description There is no such thing in this tenant's world. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Detail"];
            };
        };
        /** @description How new worlds begin. */
        SettingsAnswer: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    pace: components["schemas"]["Pace"];
                };
            };
        };
        /** @description The clock of the tenant's world. */
        Time: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** Format: date-time */
                    now: string;
                    pace: string;
                    dueCount: number;
                    /** @description After a move until something, whether it came; false when nothing is due any more. */
                    reached?: boolean;
                    /** @description The first thousand things that are due, in their order. */
                    due: ({
                        /** Format: date-time */
                        at: string;
                        kind: string;
                    } & {
                        [key: string]: unknown;
                    })[];
                };
            };
        };
        /** @description No key, or not one that the mock accepts. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Detail"];
            };
        };
        /** @description How much there is in the world. */
        WorldAnswer: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description What its clock says.
                     */
                    now: string;
                    pace: string;
                    jobs: number;
                    files: number;
                };
            };
        };
    };
    parameters: {
        NameParameter: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readTime: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Time"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    setPace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description `real`, `60x` (any factor), `settled`, `still`, `per-request:30s`. */
                    pace: string;
                };
            };
        };
        responses: {
            200: components["responses"]["Time"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    advanceTime: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A duration such as `90s`, `5m`, `1.5h`. */
                    by?: string;
                    until?: ("next" | "settled") | {
                        job?: string;
                        /** @description The id of the job whose cluster is meant. */
                        cluster?: string;
                        status: string;
                    };
                };
            };
        };
        responses: {
            200: components["responses"]["Time"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listEndings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, in the order of a job's life. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ending"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    setJobOutcome: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description A name, or for what happens while commands run, a name and a virtual time after their beginning.
                     * @example spot-reclaimed
                     * @example out-of-memory after 5m
                     */
                    ending: string;
                };
            };
        };
        responses: {
            /** @description What is going to happen. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        jobId: string;
                        ending: string;
                        afterSeconds: number | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listSshKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All keys of the tenant. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SshKey"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    addSshKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A line of a `.pub` file. */
                    publicKey: string;
                };
            };
        };
        responses: {
            /** @description The key as it is registered. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SshKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    removeSshKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Forgotten. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    readWorld: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["WorldAnswer"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    resetWorld: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["WorldAnswer"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    listSnapshots: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of one's own, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snapshot"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    takeSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: components["schemas"]["Name"];
                };
            };
        };
        responses: {
            /** @description The snapshot. */
            201: {
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
        };
    };
    dropSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["NameParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    restoreSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["NameParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["WorldAnswer"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    forkWorld: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Forty lower-case hexadecimal characters; without it one is made up. */
                    apiKey?: string;
                    /** @description The name of the snapshot to begin with; without it, the world as it is. */
                    snapshot?: string;
                };
            };
        };
        responses: {
            /** @description The new tenant, with its key. It is not told again. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tenantId: string;
                        apiKey: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    readFidelity: {
        parameters: {
            query?: {
                /** @description Of one operation only. */
                operationId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All operations in the order of the description. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        operations: components["schemas"]["Operation"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    listTenants: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, the oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    createTenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Forty lower-case hexadecimal characters; without it one is made up. */
                    apiKey?: string;
                };
            };
        };
        responses: {
            /** @description The world, with the key. It is not told again. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tenantId: string;
                        apiKey: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    deleteTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenantId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    readSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SettingsAnswer"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    changeSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pace?: components["schemas"]["Pace"];
                };
            };
        };
        responses: {
            200: components["responses"]["SettingsAnswer"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    shutDown: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is about to end. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
}
