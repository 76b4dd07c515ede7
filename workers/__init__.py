"""When things happen: queues, schedules, sweepers and the receiver."""
