"""What the person asks for and what comes of it: requests, jobs, variants."""
