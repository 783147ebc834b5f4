/**
 * Threads for files, name look-ups and slow hashes: libuv makes four. They wait for the disk more than they work, and behind a
 * publisher that writes a few files of each log a look would wait for its line in the mirror. Import it before anything that
 * may use one: libuv reads the variable once.
 */

process.env["UV_THREADPOOL_SIZE"] ??= "24"
