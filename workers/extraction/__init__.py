"""What comes in as a link, a page's source or a file is read into an article here, in a worker."""
