// What every reference server says when it is ready, and how it ends.
exports.ready = (server) => {
  server.listen(0, '127.0.0.1', () => {
    console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }))
  })
  process.on('SIGTERM', () => process.exit(0))
}
