// Made by `npm run types` from the OpenAPI with SHA-256 3a46a364714c3a379a1693496b6ac157863144c0b1561e8c2eba4389c3bf7920; never edited.

export interface paths {
    "/api/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Alerts
         * @description Return what is new, and leave it so: a page may be asked for twice.
         */
        get: operations["alerts_api_alerts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Seen */
        post: operations["seen_api_alerts_seen_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check */
        post: operations["check_api_check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Consent */
        post: operations["consent_api_consent_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Consents */
        get: operations["consents_api_consents_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/custody": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Custody */
        get: operations["custody_api_custody_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide */
        post: operations["decide_api_decide_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Decisions */
        get: operations["decisions_api_decisions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exhibits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exhibits */
        get: operations["exhibits_api_exhibits_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/formats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Formats */
        get: operations["formats_api_formats_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gazetteer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gazetteer
         * @description Towns of the world from GeoNames (CC BY 4.0), largest first; holds nothing of the case.
         */
        get: operations["gazetteer_api_gazetteer_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Leads */
        get: operations["leads_api_leads_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Movements */
        get: operations["movements_api_movements_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/network": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Network */
        get: operations["network_api_network_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note */
        post: operations["note_api_note_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Blurred
         * @description Return a few grey pixels of a photograph, in which nothing can be made out.
         */
        get: operations["blurred_api_picture_get"];
        put?: never;
        /**
         * Clear
         * @description Return a photograph; that it was shown, to whom and why, is logged and counted.
         */
        post: operations["clear_api_picture_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview
         * @description Say what a package would hold; nothing is written.
         */
        post: operations["preview_api_preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Problems */
        get: operations["problems_api_problems_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Queue */
        get: operations["queue_api_queue_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search */
        get: operations["search_api_search_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Session */
        get: operations["session_api_session_get"];
        put?: never;
        /** Open Session */
        post: operations["open_session_api_session_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Share */
        post: operations["share_api_share_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show */
        get: operations["show_api_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Status */
        get: operations["status_api_status_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Timeline */
        get: operations["timeline_api_timeline_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verify
         * @description Read every sealed byte again: takes as long as that takes.
         */
        get: operations["verify_api_verify_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Watch */
        post: operations["watch_api_watch_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/watch/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End Watch */
        post: operations["end_watch_api_watch_end_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/watches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Watches */
        get: operations["watches_api_watches_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why */
        get: operations["why_api_why_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw
         * @description Take out at once what rests on it: takes as long as linking the rest anew.
         */
        post: operations["withdraw_api_withdraw_post"];
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
        /**
         * Alert
         * @description A watched value in an event that was read since the watch began.
         */
        Alert: {
            claim: components["schemas"]["Claim"] | null;
            event: components["schemas"]["Event"];
            /** Number */
            number: number;
            /** Reason */
            reason: string;
            value: components["schemas"]["Node"];
            /** Watch */
            watch: number;
            /** Why */
            why: string;
        };
        /**
         * Alerts
         * @description What whoever asks was not shown before, the oldest first.
         */
        Alerts: {
            /** Alerts */
            alerts: components["schemas"]["Alert"][];
            /** Through */
            through: number;
            /** Waiting */
            waiting: number;
            /** Watches */
            watches: number;
        };
        /** Begin */
        Begin: {
            /** Reason */
            reason: string;
            /** Until */
            until?: string | null;
            /** Value */
            value: string;
        };
        /** Body_open_session_api_session_post */
        Body_open_session_api_session_post: {
            /** Token */
            token: string;
        };
        /** Check */
        Check: {
            /** Lines */
            lines: string[];
        };
        /** Checked */
        Checked: {
            /** Absent */
            absent: number;
            /** Found */
            found: number;
            /** Lines */
            lines: components["schemas"]["Looked"][];
            /** Not Understood */
            not_understood: number;
            /** Unread */
            unread: number;
        };
        /** Claim */
        Claim: {
            /** Confidence */
            confidence: number;
            /** Details */
            details: {
                [key: string]: string;
            };
            /** End */
            end: number | null;
            /** Event */
            event: string;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Method */
            method: string;
            /** Reason */
            reason: string;
            /** Role */
            role: string;
            /** Start */
            start: number | null;
            value: components["schemas"]["Node"];
            /** Version */
            version: string;
            /** Written */
            written: string;
        };
        /**
         * Consent
         * @description What somebody agreed to who gave evidence of their own will.
         */
        Consent: {
            /**
             * Age
             * @enum {string}
             */
            age: "adult" | "child" | "unknown";
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Exhibits */
            exhibits: number;
            /**
             * Given
             * Format: date
             */
            given: string;
            /** Giver */
            giver: string;
            /** Guardian */
            guardian: string | null;
            /** Language */
            language: string;
            /** Number */
            number: number;
            /** Over */
            over: string | null;
            /** Preference */
            preference: string | null;
            /** Purpose */
            purpose: string;
            /** Reason */
            reason: string | null;
            /** Recipients */
            recipients: string[];
            /** Until */
            until: string | null;
            /** Withdrawn */
            withdrawn: string | null;
        };
        /** Consents */
        Consents: {
            /** Consents */
            consents: components["schemas"]["Consent"][];
        };
        /** Contradiction */
        Contradiction: {
            /** Events */
            events: string[];
            /** Identity */
            identity: string;
            /** Reason */
            reason: string;
        };
        /** Custody */
        Custody: {
            /** Entries */
            entries: components["schemas"]["Entry"][];
            /** Total */
            total: number;
        };
        /** Decide */
        Decide: {
            /** A */
            a: string;
            /**
             * Act
             * @enum {string}
             */
            act: "confirm" | "reject" | "generic" | "exculpatory" | "shelter" | "risk" | "no-risk" | "reveal" | "open_person" | "set_role" | "tie";
            /** B */
            b?: string | null;
            /** Reason */
            reason: string;
            /** Role */
            role?: string | null;
        };
        /** Decided */
        Decided: {
            /** Decisions */
            decisions: components["schemas"]["Decision"][];
            /** Findings */
            findings: number;
            /** Identities */
            identities: number;
            /**
             * Refused
             * @default []
             */
            refused: string[];
        };
        /** Decision */
        Decision: {
            /** A */
            a: string;
            /** Act */
            act: string;
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** B */
            b: string | null;
            /** Claimed At */
            claimed_at?: string | null;
            /** Claimed By */
            claimed_by?: string | null;
            /** Number */
            number: number;
            /**
             * Own
             * @default true
             */
            own: boolean;
            /** Reason */
            reason: string;
            /** Vouched */
            vouched?: string | null;
        };
        /** Decisions */
        Decisions: {
            /** Decisions */
            decisions: components["schemas"]["Decision"][];
        };
        /** Edge */
        Edge: {
            /** A */
            a: string;
            /** Amounts */
            amounts: {
                [key: string]: string;
            };
            /** B */
            b: string;
            /** Count */
            count: number;
            /** End */
            end: string | null;
            /** Kind */
            kind: string;
            /** Start */
            start: string | null;
        };
        /** End */
        End: {
            /** Number */
            number: number;
            /** Reason */
            reason: string;
        };
        /**
         * Entry
         * @description One entry of the custody log.
         */
        Entry: {
            /** Act */
            act: string;
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Entry */
            entry: string;
            /** Number */
            number: number;
            /** Purpose */
            purpose: string;
            /** Subject */
            subject: string;
        };
        /** Event */
        Event: {
            /** Amount */
            amount: string | null;
            /** Currency */
            currency: string | null;
            /** Details */
            details: {
                [key: string]: string;
            };
            /** Exhibit */
            exhibit: string;
            /** Exhibit Number */
            exhibit_number: number;
            /** Id */
            id: string;
            /** Identities */
            identities: string[];
            /** Kind */
            kind: string;
            /** Lat */
            lat: number | null;
            /** Locator */
            locator: string;
            /** Lon */
            lon: number | null;
            /** Parties */
            parties: components["schemas"]["Party"][];
            /** Place */
            place: string | null;
            /** Place Error */
            place_error: number | null;
            /** Posting */
            posting: string | null;
            /** Reviewed */
            reviewed: boolean;
            risk?: components["schemas"]["Risk"] | null;
            /** Tags */
            tags: string[];
            /** Text */
            text: string;
            /** Time */
            time: string | null;
            /** Time Error */
            time_error: number | null;
            /** Title */
            title: string;
            /** Within */
            within: string | null;
            /** Zone */
            zone: string | null;
        };
        /**
         * Excerpt
         * @description The original around a claim: bytes of the sealed exhibit, read again now.
         */
        Excerpt: {
            /** After */
            after: string;
            /** Before */
            before: string;
            /** Exhibit */
            exhibit: string;
            /** First */
            first: number | null;
            /** Last */
            last: number | null;
            /** Locator */
            locator: string;
            /** Sha256 */
            sha256: string;
            /** Verified */
            verified: boolean;
            /** Words */
            words: string;
        };
        /** Exhibit */
        Exhibit: {
            /**
             * Acquired
             * Format: date-time
             */
            acquired: string;
            /** Acquired By */
            acquired_by: string;
            /** Decoder */
            decoder: string | null;
            /** Events */
            events: number;
            /** Id */
            id: string;
            /** Method */
            method: string;
            /** Name */
            name: string;
            /** Number */
            number: number;
            /** Origin */
            origin: string;
            /** Parent */
            parent: string | null;
            /** Problems */
            problems: number;
            /**
             * Quarantined
             * @default false
             */
            quarantined: boolean;
            /** Sha256 */
            sha256: string;
            /** Size */
            size: number;
            /** Statement */
            statement: {
                [key: string]: string | null;
            };
            /** Withheld */
            withheld?: string | null;
        };
        /** Exhibits */
        Exhibits: {
            /** Exhibits */
            exhibits: components["schemas"]["Exhibit"][];
            /** Total */
            total: number;
        };
        /** Finding */
        Finding: {
            /** Counter */
            counter: string;
            /** Decision */
            decision: string | null;
            /** Details */
            details: {
                [key: string]: unknown;
            };
            /** End */
            end: string | null;
            /** Evidence */
            evidence: string[];
            /** Id */
            id: string;
            /** Identities */
            identities: string[];
            /** Kind */
            kind: string;
            /** Reason */
            reason: string;
            risk?: components["schemas"]["Risk"] | null;
            /** Run */
            run: number;
            /** Score */
            score: number;
            /** Start */
            start: string | null;
            /** Subjects */
            subjects: components["schemas"]["Node"][];
            /** Title */
            title: string;
        };
        /** FormatName */
        FormatName: {
            /** Name */
            name: string;
            /** Writes */
            writes: string;
        };
        /** Found */
        Found: {
            /**
             * Exact
             * @default true
             */
            exact: boolean;
            /** Facets */
            facets: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            /** Hits */
            hits: components["schemas"]["Hit"][];
            /** Listed */
            listed: number;
            /** Query */
            query: string;
            /** Total */
            total: number;
        };
        /** GivenConsent */
        GivenConsent: {
            /**
             * Age
             * @default unknown
             */
            age: string;
            /** Given */
            given?: string | null;
            /** Giver */
            giver: string;
            /** Guardian */
            guardian?: string | null;
            /** Language */
            language: string;
            /** Preference */
            preference?: string | null;
            /** Purpose */
            purpose: string;
            /**
             * Recipients
             * @default []
             */
            recipients: string[];
            /** Until */
            until?: string | null;
        };
        /** Hit */
        Hit: {
            event: components["schemas"]["Event"];
            /** First */
            first?: string | null;
            /** Last */
            last?: string | null;
            /** Score */
            score: number;
            /**
             * Sightings
             * @default 1
             */
            sightings: number;
            /** Snippet */
            snippet: string;
            /** Spans */
            spans: [
                number,
                number
            ][];
        };
        /** Identity */
        Identity: {
            /** End */
            end: string | null;
            /** Events */
            events: number;
            /** Id */
            id: string;
            /** Kinds */
            kinds: {
                [key: string]: number;
            };
            /** Label */
            label: string;
            /** Nodes */
            nodes: components["schemas"]["Node"][];
            /** Persons */
            persons: components["schemas"]["Person"][];
            /** Places */
            places: string[];
            risk?: components["schemas"]["Risk"] | null;
            /** Start */
            start: string | null;
        };
        /**
         * Lead
         * @description Somebody outside a network who may belong to it: an identity, or an advert that nothing ties.
         */
        Lead: {
            /** A */
            a: string;
            /** Adverts */
            adverts: number;
            /** Against */
            against: string[];
            /** B */
            b: string;
            /** Events */
            events: components["schemas"]["Event"][];
            /** Id */
            id: string;
            /** Reasons */
            reasons: components["schemas"]["LeadReason"][];
            /** Score */
            score: number;
            value: components["schemas"]["Node"] | null;
        };
        /** LeadReason */
        LeadReason: {
            /** Kind */
            kind: string;
            /** Points */
            points: number;
            /** Rests On */
            rests_on: string[];
            /** Says */
            says: string;
        };
        /** Leads */
        Leads: {
            /** Adverts */
            adverts: number;
            /** Confirmed */
            confirmed: components["schemas"]["Node"][];
            /** Id */
            id: string;
            /** Leads */
            leads: components["schemas"]["Lead"][];
            /** Learned */
            learned: string;
            /** Rejected */
            rejected: number;
            /** Says */
            says: string;
            /** Shared By Many */
            shared_by_many: string[];
            /** Total */
            total: number;
            /** Weights */
            weights: {
                [key: string]: number;
            };
        };
        /**
         * Leaving
         * @description An exhibit whose events would leave; its bytes never do.
         */
        Leaving: {
            /** Events */
            events: number;
            /** Name */
            name: string;
            /** Number */
            number: string;
        };
        /** Link */
        Link: {
            a: components["schemas"]["Node"];
            b: components["schemas"]["Node"];
            /** Claims */
            claims: string[];
            /** Decision */
            decision: string | null;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Reason */
            reason: string;
            risk?: components["schemas"]["Risk"] | null;
            /** Score */
            score: number;
        };
        /** Look */
        Look: {
            /** Id */
            id: string;
            /** Reason */
            reason: string;
        };
        /** Looked */
        Looked: {
            /**
             * Answer
             * @enum {string}
             */
            answer: "found" | "absent" | "not understood";
            /** Column */
            column: string;
            /** Line */
            line: number;
            /** Matches */
            matches: components["schemas"]["Match"][];
            /** Why */
            why: string;
            /** Written */
            written: string;
        };
        /**
         * Match
         * @description One way in which a line of a list stands in the case.
         */
        Match: {
            /** Events */
            events: number;
            /** Exhibits */
            exhibits: number[];
            /** Ids */
            ids: string[];
            /** Node */
            node: string | null;
            /** Reading */
            reading: string;
        };
        /** Movements */
        Movements: {
            /** Coarsened */
            coarsened: boolean;
            /** Contradictions */
            contradictions: components["schemas"]["Contradiction"][];
            /** Stays */
            stays: components["schemas"]["Stay"][];
        };
        /** Network */
        Network: {
            /** Edges */
            edges: components["schemas"]["Edge"][];
            /** Identities */
            identities: components["schemas"]["Identity"][];
            /** Links */
            links: components["schemas"]["Link"][];
            /** Total */
            total: number;
        };
        /**
         * Node
         * @description A value, or an event standing for its author.
         */
        Node: {
            /** Kind */
            kind: string;
            /** Masked */
            masked: boolean;
            /** Node */
            node: string;
            /** Shown */
            shown: string;
        };
        /** Note */
        Note: {
            /** Given */
            given?: string | null;
            /** Lat */
            lat?: number | null;
            /** Lon */
            lon?: number | null;
            /** Place */
            place?: string | null;
            /** Source */
            source?: string | null;
            /** Text */
            text: string;
            /** Time */
            time?: string | null;
        };
        /** Noted */
        Noted: {
            /** Also Read */
            also_read: number;
            /** Event */
            event: string;
            /** Exhibit */
            exhibit: string;
        };
        /** Party */
        Party: {
            /** Role */
            role: string;
            value: components["schemas"]["Node"];
        };
        /** Person */
        Person: {
            /** Label */
            label: string;
            /** Nodes */
            nodes: components["schemas"]["Node"][];
            /** Number */
            number: number;
            risk?: components["schemas"]["Risk"] | null;
            /** Roles */
            roles: components["schemas"]["Role"][];
        };
        /**
         * Picture
         * @description A photograph of the case that may be asked for: blurred, or clear for a reason.
         */
        Picture: {
            /** Exhibit */
            exhibit: string;
            /** Exhibit Number */
            exhibit_number: number;
            /** Id */
            id: string;
        };
        /**
         * Preview
         * @description What a package would hold; nothing was written, and nothing left.
         */
        Preview: {
            /** Disclosure */
            disclosure: {
                [key: string]: number;
            };
            /** Events */
            events: {
                [key: string]: number;
            };
            /** Exhibits */
            exhibits: components["schemas"]["Leaving"][];
            /** Findings */
            findings: {
                [key: string]: number;
            };
            /** Format */
            format: string;
            /** Links */
            links: {
                [key: string]: number;
            };
            /** Persons */
            persons: {
                [key: string]: number;
            };
            /** Purpose */
            purpose: string;
            /** Recipient */
            recipient: string;
            /** Refusals */
            refusals: components["schemas"]["Refusal"][];
            /** Rows */
            rows: {
                [key: string]: number;
            };
            /** Withheld */
            withheld: {
                [key: string]: number;
            };
        };
        /** Problem */
        Problem: {
            /** Count */
            count: number;
            /** Exhibit */
            exhibit: string;
            /** Exhibit Number */
            exhibit_number: number;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Locator */
            locator: string;
            /** Message */
            message: string;
            /** Name */
            name: string;
        };
        /** Problems */
        Problems: {
            /** Problems */
            problems: components["schemas"]["Problem"][];
        };
        /**
         * Queue
         * @description What waits for a person, a risk to life or to a child first in every list.
         */
        Queue: {
            /**
             * At Risk
             * @default 0
             */
            at_risk: number;
            /**
             * Events
             * @default []
             */
            events: components["schemas"]["Event"][];
            /** Findings */
            findings: components["schemas"]["Finding"][];
            /** Links */
            links: components["schemas"]["Link"][];
            /** Persons */
            persons: components["schemas"]["Person"][];
            /** Total */
            total: number;
        };
        /**
         * Refusal
         * @description Why something was not done, and what to do next; the one shape of every error.
         */
        Refusal: {
            /** Error */
            error: string;
            /** Next */
            next: string;
            /** What */
            what: string;
            /** Why */
            why: string;
        };
        /**
         * Risk
         * @description A risk to life or to a child: it stands on top of every queue.
         */
        Risk: {
            /** By */
            by: string | null;
            /** Rests On */
            rests_on: string[];
            /** Since */
            since: string | null;
            /** To */
            to: string;
            /** Why */
            why: string;
        };
        /** Role */
        Role: {
            /** Role */
            role: string;
            /** Since */
            since: string | null;
            /** Source */
            source: string;
            /** Until */
            until: string | null;
        };
        /** Seen */
        Seen: {
            /** Through */
            through: number;
        };
        /** Session */
        Session: {
            /** Actor */
            actor: string;
            /** Folder */
            folder: string;
            /** Pictures */
            pictures: boolean;
            /** Purpose */
            purpose: string | null;
        };
        /** Share */
        Share: {
            /** Format */
            format: string;
            /** Purpose */
            purpose: string;
            /** To */
            to: string;
        };
        /** Shared */
        Shared: {
            /** Files */
            files: string[];
            /** Folder */
            folder: string;
            /** Package */
            package: string;
            /** Rows */
            rows: {
                [key: string]: number;
            };
            /** Withheld */
            withheld: {
                [key: string]: number;
            };
        };
        /**
         * Shown
         * @description What `show ID` found: exactly one of the fields is filled, and what goes with it.
         */
        Shown: {
            claim?: components["schemas"]["Claim"] | null;
            /**
             * Claims
             * @default []
             */
            claims: components["schemas"]["Claim"][];
            event?: components["schemas"]["Event"] | null;
            /**
             * Events
             * @default []
             */
            events: components["schemas"]["Event"][];
            exhibit?: components["schemas"]["Exhibit"] | null;
            finding?: components["schemas"]["Finding"] | null;
            identity?: components["schemas"]["Identity"] | null;
            link?: components["schemas"]["Link"] | null;
            node?: components["schemas"]["Node"] | null;
            person?: components["schemas"]["Person"] | null;
            /**
             * Pictures
             * @default []
             */
            pictures: components["schemas"]["Picture"][];
            template?: components["schemas"]["Template"] | null;
        };
        /**
         * Slot
         * @description A place of a template that every text fills anew: what each event has there.
         */
        Slot: {
            /** Name */
            name: string;
            /** Values */
            values: {
                [key: string]: string;
            };
        };
        /** Status */
        Status: {
            /**
             * Alerts
             * @default 0
             */
            alerts: number;
            /**
             * Approval
             * @constant
             */
            approval: "claimed";
            /** Approved By */
            approved_by: string;
            /**
             * At Risk
             * @default 0
             */
            at_risk: number;
            /** Authority */
            authority: string;
            /** Basis */
            basis: string;
            /** Bytes */
            bytes: number;
            /** Case */
            case: string;
            /** Claims */
            claims: {
                [key: string]: number;
            };
            /** Custody Entries */
            custody_entries: number;
            /** Decisions */
            decisions: number;
            /**
             * Duty
             * @default
             */
            duty: string;
            /** Events */
            events: {
                [key: string]: number;
            };
            /** Exhibits */
            exhibits: number;
            /**
             * Exposure
             * @default 0
             */
            exposure: number;
            /** Findings */
            findings: {
                [key: string]: number;
            };
            /** Head */
            head: string;
            /** Identities */
            identities: number;
            /** Links */
            links: {
                [key: string]: number;
            };
            /** Necessity */
            necessity: string;
            /** Offence */
            offence: string;
            /** Packages */
            packages: number;
            /** Pending */
            pending: number;
            /** Persons */
            persons: number;
            /**
             * Pictures
             * @default shown
             * @enum {string}
             */
            pictures: "shown" | "none" | "hashes";
            /** Problems */
            problems: number;
            /** Profile */
            profile: string;
            /** Profile Says */
            profile_says: string;
            /**
             * Quarantined
             * @default []
             */
            quarantined: number[];
            /** Run */
            run: number;
            /** Scope */
            scope: string;
            /** Stale */
            stale: boolean;
            /**
             * Until
             * Format: date
             */
            until: string;
            /** Withheld */
            withheld: number;
        };
        /** Stay */
        Stay: {
            /** Basis */
            basis: string;
            /**
             * End
             * Format: date-time
             */
            end: string;
            /** Events */
            events: string[];
            /** Identity */
            identity: string;
            /** Lat */
            lat: number | null;
            /** Lon */
            lon: number | null;
            /** Place */
            place: string;
            risk?: components["schemas"]["Risk"] | null;
            /**
             * Start
             * Format: date-time
             */
            start: string;
        };
        /**
         * Step
         * @description One step of the way back: what it is, and what it rests on.
         */
        Step: {
            /** Id */
            id: string;
            /** Rests On */
            rests_on: string[];
            /** Text */
            text: string;
            /** What */
            what: string;
        };
        /**
         * Template
         * @description What near texts have in common, readable, with each slot's name in braces.
         */
        Template: {
            /** Adverts */
            adverts: number;
            /** Slots */
            slots: components["schemas"]["Slot"][];
            /** Text */
            text: string;
        };
        /** Timeline */
        Timeline: {
            /** Events */
            events: components["schemas"]["Event"][];
            /** Total */
            total: number;
        };
        /** Town */
        Town: {
            /** Country */
            country: string;
            /** Lat */
            lat: number;
            /** Lon */
            lon: number;
            /** Name */
            name: string;
            /** People */
            people: number;
        };
        /** Verified */
        Verified: {
            /** Bytes */
            bytes: number;
            /** Entries */
            entries: number;
            /** Exhibits */
            exhibits: number;
            /** Faults */
            faults: string[];
            /** Head */
            head: string;
            /** Sound */
            sound: boolean;
        };
        /**
         * Watch
         * @description A watch on one exact value; those that are over stay on record.
         */
        Watch: {
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Events */
            events: number;
            /** How */
            how: string;
            /** New */
            new: number;
            /** Number */
            number: number;
            /** Over */
            over: string | null;
            /** Reason */
            reason: string;
            /** Until */
            until: string | null;
            value: components["schemas"]["Node"];
        };
        /** Watches */
        Watches: {
            /** Watches */
            watches: components["schemas"]["Watch"][];
        };
        /** Why */
        Why: {
            /** Custody */
            custody: components["schemas"]["Entry"][];
            /** Excerpts */
            excerpts: components["schemas"]["Excerpt"][];
            /** Id */
            id: string;
            /** Steps */
            steps: components["schemas"]["Step"][];
        };
        /** Withdrawal */
        Withdrawal: {
            /** Number */
            number: number;
            /** Reason */
            reason: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    alerts_api_alerts_get: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alerts"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    seen_api_alerts_seen_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Seen"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alerts"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    check_api_check_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Check"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checked"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    consent_api_consent_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GivenConsent"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    consents_api_consents_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    custody_api_custody_get: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Custody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    decide_api_decide_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decide"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decided"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    decisions_api_decisions_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decisions"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    exhibits_api_exhibits_get: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exhibits"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    formats_api_formats_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormatName"][];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    gazetteer_api_gazetteer_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Town"][];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    leads_api_leads_get: {
        parameters: {
            query: {
                id: string;
                limit?: number;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Leads"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    movements_api_movements_get: {
        parameters: {
            query?: {
                id?: string | null;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movements"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    network_api_network_get: {
        parameters: {
            query?: {
                depth?: number;
                id?: string | null;
                limit?: number;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    note_api_note_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Note"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Noted"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    blurred_api_picture_get: {
        parameters: {
            query: {
                id: string;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Pictures that were shown clear to this person in this case */
                    "Palermo-Exposure"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                    "image/png": string;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    clear_api_picture_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Look"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Pictures that were shown clear to this person in this case */
                    "Palermo-Exposure"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                    "image/png": string;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    preview_api_preview_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Share"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    problems_api_problems_get: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problems"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    queue_api_queue_get: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    search_api_search_get: {
        parameters: {
            query?: {
                kind?: string | null;
                limit?: number;
                offset?: number;
                place?: string | null;
                since?: string | null;
                site?: string | null;
                until?: string | null;
                words?: string;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Found"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    session_api_session_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    open_session_api_session_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Body_open_session_api_session_post"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    share_api_share_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Share"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shared"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    show_api_show_get: {
        parameters: {
            query: {
                id: string;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shown"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    status_api_status_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    timeline_api_timeline_get: {
        parameters: {
            query?: {
                id?: string | null;
                limit?: number;
                offset?: number;
                since?: string | null;
                until?: string | null;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    verify_api_verify_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verified"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    watch_api_watch_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Begin"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watches"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    end_watch_api_watch_end_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["End"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watches"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    watches_api_watches_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watches"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    why_api_why_get: {
        parameters: {
            query: {
                id: string;
            };
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    withdraw_api_withdraw_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The purpose of this request, percent-encoded; default: authority's */
                "palermo-purpose"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdrawal"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Misdirected Request */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
}
