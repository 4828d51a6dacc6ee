"""Work done behind the pages: a queue in the application's own database, and its runner.

A *job* is a row committed together with the change that asks for it. A worker *claims* it for a
*lease* that its heartbeat renews; a worker that dies lets the lease run out, and another one
takes the job. Attempts are counted when a job is claimed, so that a job that kills its worker
ends as a *dead letter*, seen and retried by a person. Handlers take ids, are found by name, and
are safe to run twice.
"""
