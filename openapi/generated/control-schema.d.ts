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
         * @description Whatever is due until then happens in order, each thing at its own instant. Either `by` a duration, or `until` something: the next event, the end of all that is due, or a status of a job or its cluster. Both wait for commands that really run, in real time, while virtual time stands still: `until` something five minutes at most, and `by` a duration five seconds for each command, and no longer than there is left to go.
         */
        post: operations["advanceTime"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/wait/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wait until something is so
         * @description Answers as soon as a job, or the cluster of a job, has a status or had it, as an operation was called so often, or as nothing is due any more. A hundred may wait in one world at once.
         */
        get: operations["waitFor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/faults/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the plans, with what was consumed of them */
        get: operations["listFaultPlans"];
        put?: never;
        /**
         * Plan what is to go wrong
         * @description A request meets at most one fault, or several together: the first, in the order of plans and of the faults in them, that is meant for it and is left. A fault that finds nothing to spoil in an answer is left for another request. A single fault for one request can also come with it, as JSON in the header `X-Mock-Plan`.
         */
        post: operations["planFaults"];
        /** Remove all plans */
        delete: operations["clearFaults"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/faults/{planName}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                planName: string;
            };
            cookie?: never;
        };
        /** Read what was consumed of a plan */
        get: operations["readFaultPlan"];
        put?: never;
        post?: never;
        /** Remove a plan */
        delete: operations["removeFaultPlan"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/throttling/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what each scope has used, and what was or would have been refused */
        get: operations["readThrottling"];
        /**
         * Turn throttling on or off
         * @description What was counted stays. Limits are the platform's unless given: 7,200 requests an hour for `user`, 1,000 for `job-submission`, 90,000 for `jobs-usage`, on the clock of the world.
         */
        put: operations["setThrottling"];
        post?: never;
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
    "/_mock/world/seed/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a catalogue, files, saved storage devices, and jobs in any state
         * @description What the catalogue tells is in one's own catalogue from now on, and in nobody else's: new core types, software and projects, or other values of those that the server has.       Jobs are given as to `POST /api/v2/jobs/`, with the `status` that they are to have; their inputs may have the `name` of a seeded file in place of an `id`. Each job goes through its whole life until then: time moves so that all are in their states at the same instant. When something is wrong, nothing changes. Where commands really run, those of jobs that are to be Completed run first, and the answer waits for them. Storage devices are given as to `POST /api/v2/storage-devices/`, and only saved.
         */
        post: operations["seedWorld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/world/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the world as one file
         * @description Everything with the bytes of its files, and no key. Lines of JSON and, behind lines that announce them, bytes as they are; the last line has the SHA-512 of all before.
         */
        get: operations["exportWorld"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/world/import/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put the tenant in a world that was exported
         * @description The world before is gone, with planned faults and the journal; snapshots stay. Files of other formats, damaged files and edited ones are refused, and change nothing. Simulated runs under way go on; others begin again.
         */
        post: operations["importWorld"];
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
    "/_mock/journal/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what clients said and were answered
         * @description Every exchange with the API, newest first, the last 2,000 or 8 MiB of bodies. Keys and secrets are blanked before anything is kept.
         */
        get: operations["listJournal"];
        /** Switch the journal on or off */
        put: operations["switchJournal"];
        post?: never;
        /**
         * Clear the journal
         * @description Numbers go on, so that nobody takes a new entry for an old one.
         */
        delete: operations["clearJournal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/journal/verify/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask whether something was asked
         * @description How often a request was made, or whether several came in an order. With a timeout it waits until that is so, or cannot become so any more. `atMost` and `exactly: 0` are true only at the end of the time.
         */
        post: operations["verifyJournal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/journal/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch new entries
         * @description Server-sent events until the client leaves: `entry` with the entry as data and its number as id, and `dropped` with a count when a client was too slow. An answer that is sent bit by bit comes twice: when it begins, and when its body has passed. `Last-Event-ID` or `after` go on from an entry.
         */
        get: operations["streamJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/journal/har/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export as HAR 1.2 */
        get: operations["exportHar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/journal/curl/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export as commands of curl
         * @description A shell script that sends the same requests again, with the key in RESCALE_API_KEY.
         */
        get: operations["exportCurl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/journal/lint/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask what the client does wrong
         * @description By what it said and was answered, as far as the journal has it. As JSON, as text for people, or as JUnit for CI.
         */
        get: operations["lintClient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/journal/unclaimed/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List requests that are nobody's
         * @description The latest hundred that came without a key, or with one that is not accepted, newest first.
         */
        get: operations["listUnclaimedRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/journal/{number}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: number;
            };
            cookie?: never;
        };
        /** Read one entry */
        get: operations["readJournalEntry"];
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
        CutFault: components["schemas"]["FaultTarget"] & components["schemas"]["CutPart"];
        CutPart: {
            /** @constant */
            kind: "cut";
            afterBytes: number;
            /** @description `honest`: it tells how many bytes come. `lying`, which it is unless told: how many would have come, and the connection ends. Or a number of one's own. */
            contentLength?: ("honest" | "lying") | number;
        };
        DelayFault: components["schemas"]["FaultTarget"] & components["schemas"]["DelayPart"];
        DelayPart: {
            /** @constant */
            kind: "delay";
            /**
             * @description `before`: carried out late, and not at all when the client has left by then. `unanswered`: carried out at once and answered late. `during`: the body stops once, after `afterBytes`. `between`: after every `everyBytes`.
             * @enum {string}
             */
            when: "before" | "unanswered" | "during" | "between";
            /** @description A duration of real time such as `250ms` or `2s`, of at most ten minutes. */
            for: string;
            /** @description Half of the body unless told. */
            afterBytes?: number;
            /** @description 1024 unless told. */
            everyBytes?: number;
        };
        Detail: {
            detail: string;
        };
        DuplicateItemsFault: components["schemas"]["FaultTarget"] & components["schemas"]["DuplicateItemsPart"];
        /** @description A page after the first begins with the last items of the page before. */
        DuplicateItemsPart: {
            /** @constant */
            kind: "duplicate-items";
            /** @description One unless told. */
            count?: number;
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
        /** @description What is left out does not matter; what is given must all hold. */
        EntryFilter: {
            /** @description An operationId, such as `submitJob`. */
            operation?: string;
            method?: string;
            /** @description Without the query. A star for any one segment, two at the end for all that follow: `/api/v2/jobs/**`. */
            path?: string;
            /** @description `404`, `4xx`, or `none` without an answer. */
            status?: string;
            /** @description An id that the path names as a job's. */
            job?: string;
            /** @description An id that the path names as a file's. */
            file?: string;
            /** @description In the URL, a header or a body, as far as it is kept; in any case. */
            search?: string;
            /** @description Whether it says why it failed. */
            failed?: boolean;
            /** @description Whether a planned fault met it. */
            faulty?: boolean;
            /** @description Parameters of the query, among others. */
            query?: {
                [key: string]: string;
            };
            /** @description Headers of the request, among others. */
            headers?: {
                [key: string]: string;
            };
            /** @description What the request's JSON holds, among other things. Lists are compared whole. */
            body?: unknown;
            /** @description Entries after this number. */
            after?: number;
        };
        ExpiredKeyFault: components["schemas"]["FaultTarget"] & components["schemas"]["ExpiredKeyPart"];
        /** @description The key is not accepted. */
        ExpiredKeyPart: {
            /** @constant */
            kind: "expired-key";
        };
        FaultPlan: {
            name: string;
            onlyByHeader: boolean;
            faults: {
                fault: components["schemas"]["PlannedFault"];
                /** @description How many requests have met it. */
                consumed: number;
                /** @description How many still will; null where chance decides. */
                left: number | null;
            }[];
        };
        FaultTarget: {
            /** @description An operationId of the API, such as `submitJob`, or `*` for all. */
            operation: string;
            /** @description Only requests that name this job in their path. */
            job?: string;
            /** @description Only requests that name this file in their path. */
            file?: string;
            /** @description How many requests it meets. One unless told; with `chance`, no limit. */
            times?: number;
            /** @description Whether it meets a request is drawn, the same way for the same seed. */
            chance?: number;
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
        FlipByteFault: components["schemas"]["FaultTarget"] & components["schemas"]["FlipBytePart"];
        /** @description All bits of one byte are turned over. */
        FlipBytePart: {
            /** @constant */
            kind: "flip-byte";
            /** @description In the whole file or text, of which the answer may be a range. */
            offset: number;
        };
        /** @enum {string} */
        Grade: "live" | "observed" | "client-source" | "docs" | "inferred";
        IgnoreRangeFault: components["schemas"]["FaultTarget"] & components["schemas"]["IgnoreRangePart"];
        /** @description The whole file is answered to a request for a range. */
        IgnoreRangePart: {
            /** @constant */
            kind: "ignore-range";
        };
        JournalEntry: {
            /** @description From 1 on, in the order in which answers were ready. */
            number: number;
            /** @description Null where the request was no described operation. */
            operationId: string | null;
            /** @description A hash of the key; null for requests that came without one. */
            tenantId: string | null;
            /**
             * Format: date-time
             * @description Real time.
             */
            startedAt: string;
            /** @description Real time until the answer was ready, or its body had passed. */
            durationMilliseconds: number;
            /** @description As the request was answered; null where no world was asked. */
            virtualTime: string | null;
            request: {
                method: string;
                url: string;
                headers: components["schemas"]["RecordedHeaders"];
                body: components["schemas"]["RecordedBody"];
            };
            /** @description Null when the client left, or lost its connection, before there was one. */
            answer: {
                status: number;
                headers: components["schemas"]["RecordedHeaders"];
                body: components["schemas"]["RecordedBody"];
            } | null;
            /** @description What a test had planned and this request met. */
            fault: {
                kind: string;
                plan: string | null;
                effect: string;
            } | null;
            /** @description What of the answer the API's description does not say, where answers are checked. */
            findings: {
                [key: string]: unknown;
            }[];
            /** @description Why it failed or matched nothing, and what would have been right. */
            why: {
                /** @example slash-missing */
                code: string;
                text: string;
                /** @description Operations that may have been meant, the nearest first. */
                nearest: {
                    operationId: string;
                    method: string;
                    path: string;
                    /** @description What of the request differs from it; empty where nothing does. */
                    whyNot: string;
                }[];
            } | null;
        };
        LateCompletedFault: components["schemas"]["FaultTarget"] & components["schemas"]["LateCompletedPart"];
        /** @description Statuses and lists of jobs do not show yet that a job is Completed. */
        LateCompletedPart: {
            /** @constant */
            kind: "late-completed";
        };
        LintReport: {
            /** @description Entries that were looked at. */
            entryCount: number;
            /** @description Entries that had to make room before. */
            dropped: number;
            rules: {
                /** @example poll-without-back-off */
                name: string;
                title: string;
                /** @description What to do instead, and why. */
                advice: string;
                findings: {
                    rule: string;
                    /** @description What it is about. */
                    subject: string;
                    /** @description What was seen. */
                    text: string;
                    /** @description Numbers of the entries that show it. */
                    entries: number[];
                }[];
            }[];
        };
        /** @description Letters, digits, spaces, dots, dashes; `snapshot` when it is left out. */
        Name: string;
        NoFault: components["schemas"]["FaultTarget"] & components["schemas"]["NonePart"];
        /** @description Nothing goes wrong, so that others go wrong later. */
        NonePart: {
            /** @constant */
            kind: "none";
        };
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
        /** @description `real`, `60x` (from `0.001x` to `1000000x`), `settled`, `still`, `per-request:30s` (up to `8760h`). */
        Pace: string;
        PlannedFault: components["schemas"]["StatusFault"] | components["schemas"]["DelayFault"] | components["schemas"]["ResetFault"] | components["schemas"]["CutFault"] | components["schemas"]["FlipByteFault"] | components["schemas"]["IgnoreRangeFault"] | components["schemas"]["WrongChecksumFault"] | components["schemas"]["DuplicateItemsFault"] | components["schemas"]["ReorderItemsFault"] | components["schemas"]["LateCompletedFault"] | components["schemas"]["ExpiredKeyFault"] | components["schemas"]["NoFault"] | components["schemas"]["TogetherFault"];
        /** @description Null where there was none. */
        RecordedBody: {
            /** @description Bytes that passed. */
            size: number;
            /** @description Of all bytes that passed, as they were before anything was blanked; null when not all did. */
            sha256: string | null;
            /** @description Whether it was read, or sent, to its end. */
            isComplete: boolean;
            /** @description The beginning alone is kept. */
            isCut: boolean;
            /** @description Keys or secrets were blanked. */
            isRedacted: boolean;
            /** @description What is kept, where it is text. */
            text?: string;
            /** @description What is kept, where it is not. */
            base64?: string;
        } | null;
        /** @description Names in lower case; without keys and secrets. */
        RecordedHeaders: {
            [key: string]: string | string[];
        };
        ReorderItemsFault: components["schemas"]["FaultTarget"] & components["schemas"]["ReorderItemsPart"];
        /** @description The items of a page come in the reverse order. */
        ReorderItemsPart: {
            /** @constant */
            kind: "reorder-items";
        };
        ResetFault: components["schemas"]["FaultTarget"] & components["schemas"]["ResetPart"];
        ResetPart: {
            /** @constant */
            kind: "reset";
            /**
             * @description `before`: nothing is carried out. `unanswered`: it is, and there is no answer. `during`: after `afterBytes` of the body. `after`: the answer comes whole, and the connection is reset when it is used again.
             * @enum {string}
             */
            when: "before" | "unanswered" | "during" | "after";
            /** @description Half of the body unless told. */
            afterBytes?: number;
        };
        /** @description Entries as the API answers them. One whose code the server has needs nothing but what is to be different. */
        SeededCatalogue: {
            coreTypes?: {
                code: string;
                /** @description Of a new one, its code unless told. */
                name?: string;
                description?: string;
                /** @description Sizes of a slot on one node, smallest first. A new one has 1, 2, 4 and 8 unless told. */
                cores?: number[];
                /** @description As many as `cores`. */
                gpuCounts?: number[];
                price?: number;
                lowPriorityPrice?: string;
                compute?: string | null;
                io?: string;
                storageIo?: string;
                memory?: number;
                storage?: number;
                processorInfo?: string;
                baseClockSpeed?: string;
                hasSsd?: boolean;
                /** @description One that is not cannot be asked for. */
                isActive?: boolean;
                isDefault?: boolean;
                /** @description Jobs of one that is cannot be submitted. */
                isDeprecated?: boolean;
                isPrimary?: boolean;
                mustBeRequested?: boolean;
                remoteVizAllowed?: boolean;
                walltimeRequired?: boolean;
                /** @description Hours; not shown by the API. */
                maxWalltime?: number | null;
                displayOrder?: number | null;
                categoryCodes?: string[];
                color?: string;
                /** @description For RESCALE_PROVIDER; not shown by the API. */
                provider?: string;
                /** @description For RESCALE_INTERCONNECT; not shown by the API. */
                interconnect?: string;
            }[];
            analyses?: {
                code: string;
                name?: string;
                description?: string;
                vendorName?: string;
                category?: string;
                thumbnail?: string | null;
                industries?: {
                    name: string;
                    icon?: string | null;
                }[];
                /** @description All of them, the newest first. Of a version that the server has, what is left out is as there. A new software has one, `1`, unless told. */
                versions?: {
                    id?: string;
                    /** @description For people; of a new one, its code unless told. */
                    version?: string;
                    versionCode: string;
                    /** @enum {string} */
                    type?: "compute" | "interactive";
                    oses?: ("linux" | "windows")[];
                    allowedCoreTypes?: string[];
                    stdCommand?: string;
                    smpCommand?: string;
                    mpiCommand?: string;
                    eula?: string | null;
                    mustBeRequested?: boolean;
                }[];
                supportDesks?: {
                    code: string;
                    displayName: string;
                    email?: string;
                }[];
                licenseSettings?: {
                    name: string;
                    label: string;
                    helpText: string;
                    licenseType: string;
                    isServer: boolean;
                }[];
                hasRescaleLicense?: boolean;
                hasShortTermLicense?: boolean;
                hasOnDemandLicense?: boolean;
                pricing?: string | null;
                optimizerType?: number | null;
                resources?: {
                    name: string;
                    url: string;
                }[];
                displayOrder?: number | null;
            }[];
            /** @description Those that are not told follow from the prices of the core types. */
            computePrices?: {
                /** @description The code of a core type that there is, or that is seeded. */
                coreType: string;
                /** @enum {string} */
                planType: "on-demand" | "on-demand-pro";
                /** @enum {string} */
                os: "linux" | "windows";
                isActive?: boolean;
                value: {
                    amount: string;
                    currency?: string;
                };
            }[];
            /** @description Besides those that every key has. */
            projects?: {
                /** @description Made up unless told. */
                id?: string;
                name: string;
            }[];
        };
        SingleFault: components["schemas"]["StatusPart"] | components["schemas"]["DelayPart"] | components["schemas"]["ResetPart"] | components["schemas"]["CutPart"] | components["schemas"]["FlipBytePart"] | components["schemas"]["IgnoreRangePart"] | components["schemas"]["WrongChecksumPart"] | components["schemas"]["DuplicateItemsPart"] | components["schemas"]["ReorderItemsPart"] | components["schemas"]["LateCompletedPart"] | components["schemas"]["ExpiredKeyPart"] | components["schemas"]["NonePart"];
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
        StatusFault: components["schemas"]["FaultTarget"] & components["schemas"]["StatusPart"];
        /** @description An answer of one's own. */
        StatusPart: {
            /** @constant */
            kind: "status";
            status: number;
            headers?: {
                [key: string]: string;
            };
            /** @description Text as it is sent, or JSON. Without it, what the platform, or what stands in front of it, would say. */
            body?: unknown;
            /** @description Seconds, for the header `Retry-After`. */
            retryAfter?: number;
            /** @description What was asked for happens all the same; only its answer is lost. */
            carriedOut?: boolean;
        };
        Tenant: {
            tenantId: string;
            /** @description The last four characters of its key. No key is on the disk, so it is null until the key is used for the first time after a restart. */
            keyEnding: string | null;
            /**
             * Format: date-time
             * @description What its clock says.
             */
            now: string;
            pace: components["schemas"]["Pace"];
            jobs: number;
        };
        ThrottleScope: {
            /** @enum {string} */
            scope: "user" | "job-submission" | "jobs-usage";
            /** @description Requests per hour. */
            limit: number;
            /** @description Of the last hour, without those that were, or would have been, refused. */
            used: number;
            /** @description All that came. */
            requests: number;
            /** @description The most that came within an hour, to the minute. */
            busiestHour: number;
            /** @description What part of the limit that is. */
            busiestPercent: number;
            /** @description Answered 429. */
            refused: number;
            /** @description Would have been answered 429, had throttling been on. */
            wouldRefuse: number;
        };
        Throttling: {
            isOn: boolean;
            scopes: components["schemas"]["ThrottleScope"][];
        };
        TogetherFault: components["schemas"]["FaultTarget"] & {
            /** @constant */
            kind: "together";
            faults: components["schemas"]["SingleFault"][];
        };
        Verification: {
            verified: boolean;
            /** @description What was expected and what was found, for people. */
            text: string;
            /** @description Numbers of the first hundred that were meant. */
            matching: number[];
            count: number;
            nearest: {
                number: number;
                method: string;
                url: string;
                differences: string[];
            }[];
            /** @description The latest entry that was looked at: ask `after` it to go on from here. */
            lastNumber: number;
            /** @description Entries that had to make room, and may have been among those meant. */
            dropped: number;
        };
        WaitOutcome: {
            reached: boolean;
            /** @enum {string} */
            outcome: "reached" | "timeout" | "out of reach";
            /**
             * Format: date-time
             * @description What the clock of the world says.
             */
            now: string;
        };
        WrongChecksumFault: components["schemas"]["FaultTarget"] & components["schemas"]["WrongChecksumPart"];
        /** @description The answer tells wrong checksums of files. */
        WrongChecksumPart: {
            /** @constant */
            kind: "wrong-checksum";
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
        /** @description It will never be so by waiting; the job has ended without that status, or nothing is due any more. */
        OutOfReach: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WaitOutcome"];
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
                    throttling: boolean;
                };
            };
        };
        /** @description What each scope has used. */
        ThrottlingAnswer: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Throttling"];
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
                    /** @description Commands that really run now (`--executor shell`). */
                    running: number;
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
        /** @description As many verifications and streams wait already as may. */
        TooManyWaiting: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    detail: string;
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
        /** @description It is so. */
        Waited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WaitOutcome"];
            };
        };
        /** @description Time is up. */
        WaitedInVain: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WaitOutcome"];
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
        /** @description Entries after this number. */
        after: number;
        /** @description Entries before this number. */
        before: number;
        /** @description Whether it says why it failed. */
        failed: boolean;
        /** @description Whether a planned fault met it. */
        faulty: boolean;
        /** @description An id that the path names as a file's. */
        file: string;
        /** @description An id that the path names as a job's. */
        job: string;
        method: string;
        /** @description This entry alone. */
        number: number;
        /** @description An operationId, such as `submitJob`. */
        operation: string;
        /** @description Without the query. A star for any one segment, two at the end for all that follow: `/api/v2/jobs/**`. */
        path: string;
        /** @description In the URL, a header or a body, as far as it is kept; in any case. */
        search: string;
        /** @description `404`, `4xx`, or `none` without an answer. */
        status: string;
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
                    /** @description `real`, `60x` (from `0.001x` to `1000000x`), `settled`, `still`, `per-request:30s` (up to `8760h`). */
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
                    /** @description Real time in which commands that really run may end, such as `0s` or `30s`; five minutes at most. */
                    patience?: string;
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
    waitFor: {
        parameters: {
            query?: {
                /** @description With `status`. */
                job?: string;
                /** @description The id of the job whose cluster is meant, with `status`. */
                cluster?: string;
                status?: string;
                /** @description An operationId of the API, such as `submitJob`. */
                request?: string;
                /** @description How many requests of that operation there are to be all in all. */
                count?: number;
                /** @description Wait until nothing is due and no command runs. */
                settled?: boolean;
                /** @description Such as `500ms` or `30s`; of real time five minutes at most. */
                timeout?: string;
                /** @description `real`: time goes as its pace says, and this waits as long. `virtual`: time is moved until it is so, by `timeout` at most; commands that really run take their real time. Requests do not come by moving time: for them it goes as its pace says, or as others move it, and `timeout` is of that clock. No answer takes longer than five minutes of real time. */
                clock?: "real" | "virtual";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Waited"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["WaitedInVain"];
            409: components["responses"]["OutOfReach"];
            /** @description Too many wait already. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    listFaultPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, in the order in which they were made. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultPlan"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    planFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description `plan-1`, `plan-2` and so on unless told. */
                    name?: string;
                    /** @description Only requests that name the plan in their header `X-Mock-Plan` meet its faults. */
                    onlyByHeader?: boolean;
                    faults: components["schemas"]["PlannedFault"][];
                };
            };
        };
        responses: {
            /** @description The plan. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultPlan"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    clearFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    readFaultPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                planName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plan. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultPlan"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    removeFaultPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                planName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
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
    readThrottling: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ThrottlingAnswer"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    setThrottling: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    isOn: boolean;
                    /** @description Requests per hour, for tests that cannot send thousands. Those left out are the platform's. */
                    limits?: {
                        user?: number;
                        "job-submission"?: number;
                        "jobs-usage"?: number;
                    };
                };
            };
        };
        responses: {
            200: components["responses"]["ThrottlingAnswer"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
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
    seedWorld: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    catalogue?: components["schemas"]["SeededCatalogue"];
                    files?: {
                        name: string;
                        /** @description Every character counts, blanks too. */
                        text?: string;
                        /** @description In place of `text`. */
                        base64?: string;
                    }[];
                    storageDevices?: {
                        [key: string]: unknown;
                    }[];
                    jobs?: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        responses: {
            200: components["responses"]["WorldAnswer"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    exportWorld: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    importWorld: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            200: components["responses"]["WorldAnswer"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
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
            /** @description All of them, the oldest first; before them those that were on the disk at the start and whose keys nobody has used since. */
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
                    /** @description Requests over the platform's limits are answered 429. */
                    throttling?: boolean;
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
    listJournal: {
        parameters: {
            query?: {
                /** @description An operationId, such as `submitJob`. */
                operation?: components["parameters"]["operation"];
                method?: components["parameters"]["method"];
                /** @description Without the query. A star for any one segment, two at the end for all that follow: `/api/v2/jobs/**`. */
                path?: components["parameters"]["path"];
                /** @description `404`, `4xx`, or `none` without an answer. */
                status?: components["parameters"]["status"];
                /** @description An id that the path names as a job's. */
                job?: components["parameters"]["job"];
                /** @description An id that the path names as a file's. */
                file?: components["parameters"]["file"];
                /** @description In the URL, a header or a body, as far as it is kept; in any case. */
                search?: components["parameters"]["search"];
                /** @description Whether it says why it failed. */
                failed?: components["parameters"]["failed"];
                /** @description Whether a planned fault met it. */
                faulty?: components["parameters"]["faulty"];
                /** @description Entries after this number. */
                after?: components["parameters"]["after"];
                /** @description Entries before this number. */
                before?: components["parameters"]["before"];
                order?: "newest" | "oldest";
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is meant by the parameters, and how full the journal is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        isOn: boolean;
                        /** @description Entries that are kept. */
                        count: number;
                        /** @description Of the latest entry ever; 0 before the first. */
                        lastNumber: number;
                        /** @description Entries that had to make room since it was cleared. */
                        dropped: number;
                        heldBytes: number;
                        entries: components["schemas"]["JournalEntry"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    switchJournal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    isOn: boolean;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        isOn: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    clearJournal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is empty. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    verifyJournal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    request?: components["schemas"]["EntryFilter"];
                    exactly?: number;
                    /** @description Without any number of times: at least once. */
                    atLeast?: number;
                    atMost?: number;
                    /** @description Instead of a request, several in this order, with anything between them. */
                    sequence?: components["schemas"]["EntryFilter"][];
                    /** @description How long to wait, in real time, such as `30s`; at most five minutes. */
                    timeout?: string;
                };
            };
        };
        responses: {
            /** @description Whether it was so. What came nearest, where it was not. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyWaiting"];
        };
    };
    streamJournal: {
        parameters: {
            query?: {
                /** @description An operationId, such as `submitJob`. */
                operation?: components["parameters"]["operation"];
                method?: components["parameters"]["method"];
                /** @description Without the query. A star for any one segment, two at the end for all that follow: `/api/v2/jobs/**`. */
                path?: components["parameters"]["path"];
                /** @description `404`, `4xx`, or `none` without an answer. */
                status?: components["parameters"]["status"];
                /** @description An id that the path names as a job's. */
                job?: components["parameters"]["job"];
                /** @description An id that the path names as a file's. */
                file?: components["parameters"]["file"];
                /** @description In the URL, a header or a body, as far as it is kept; in any case. */
                search?: components["parameters"]["search"];
                /** @description Whether it says why it failed. */
                failed?: components["parameters"]["failed"];
                /** @description Whether a planned fault met it. */
                faulty?: components["parameters"]["faulty"];
                /** @description Entries after this number. */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, as they come. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyWaiting"];
        };
    };
    exportHar: {
        parameters: {
            query?: {
                /** @description An operationId, such as `submitJob`. */
                operation?: components["parameters"]["operation"];
                method?: components["parameters"]["method"];
                /** @description Without the query. A star for any one segment, two at the end for all that follow: `/api/v2/jobs/**`. */
                path?: components["parameters"]["path"];
                /** @description `404`, `4xx`, or `none` without an answer. */
                status?: components["parameters"]["status"];
                /** @description An id that the path names as a job's. */
                job?: components["parameters"]["job"];
                /** @description An id that the path names as a file's. */
                file?: components["parameters"]["file"];
                /** @description In the URL, a header or a body, as far as it is kept; in any case. */
                search?: components["parameters"]["search"];
                /** @description Whether it says why it failed. */
                failed?: components["parameters"]["failed"];
                /** @description Whether a planned fault met it. */
                faulty?: components["parameters"]["faulty"];
                /** @description Entries after this number. */
                after?: components["parameters"]["after"];
                /** @description Entries before this number. */
                before?: components["parameters"]["before"];
                /** @description This entry alone. */
                number?: components["parameters"]["number"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file that browsers' developer tools and many others read, oldest entry first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        log: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    exportCurl: {
        parameters: {
            query?: {
                /** @description An operationId, such as `submitJob`. */
                operation?: components["parameters"]["operation"];
                method?: components["parameters"]["method"];
                /** @description Without the query. A star for any one segment, two at the end for all that follow: `/api/v2/jobs/**`. */
                path?: components["parameters"]["path"];
                /** @description `404`, `4xx`, or `none` without an answer. */
                status?: components["parameters"]["status"];
                /** @description An id that the path names as a job's. */
                job?: components["parameters"]["job"];
                /** @description An id that the path names as a file's. */
                file?: components["parameters"]["file"];
                /** @description In the URL, a header or a body, as far as it is kept; in any case. */
                search?: components["parameters"]["search"];
                /** @description Whether it says why it failed. */
                failed?: components["parameters"]["failed"];
                /** @description Whether a planned fault met it. */
                faulty?: components["parameters"]["faulty"];
                /** @description Entries after this number. */
                after?: components["parameters"]["after"];
                /** @description Entries before this number. */
                before?: components["parameters"]["before"];
                /** @description This entry alone. */
                number?: components["parameters"]["number"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The script, oldest request first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    lintClient: {
        parameters: {
            query?: {
                format?: "json" | "text" | "junit";
                /** @description Entries after this number. */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every rule with what it found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LintReport"];
                    "text/plain": string;
                    "application/xml": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    listUnclaimedRequests: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What they said and were answered. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: components["schemas"]["JournalEntry"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    readJournalEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entry. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalEntry"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
}
