"""The web app: pages for who lives in a browser. The only folder that knows Django."""
