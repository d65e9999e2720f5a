// So many requests of 32 KiB are under way at once: with one, a distance of 50 ms leaves 640 kB/s (client.md §2.23).
export const TRANSFER = { concurrency: 64, chunkSize: 32_768 } as const
