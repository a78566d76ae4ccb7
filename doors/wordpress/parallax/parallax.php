<?php
/**
 * Plugin Name: Parallax
 * Description: Shows how a draft is worded, in the block editor: your own Parallax reads it, and nobody else.
 * Version: 1.1.0
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: Apache-2.0
 */

namespace Parallax;

defined( 'ABSPATH' ) || exit;

const VERSION      = '1.1.0';
const WAIT_SECONDS = 10; // for one answer; the panel asks again while a report is on its way

/** Where Parallax is, its key, and whether it may list drafts: set by an administrator, kept on this server. */
function option( string $name ): string {
	$defaults = array( 'address' => 'http://127.0.0.1:8000', 'key' => '', 'listed' => '' );
	return (string) get_option( "parallax_$name", $defaults[ $name ] );
}

add_action( 'admin_init', function () {
	add_settings_section( 'parallax', 'Your Parallax', '__return_null', 'parallax' );
	foreach ( array( 'address' => 'Address', 'key' => 'Key, if it asks for one', 'listed' => 'List drafts there' ) as $name => $label ) {
		register_setting( 'parallax', "parallax_$name", array(
			'type'              => 'string',
			'show_in_rest'      => false,
			'sanitize_callback' => __NAMESPACE__ . '\\clean_' . $name,
		) );
		add_settings_field( "parallax_$name", $label, __NAMESPACE__ . '\\write_field', 'parallax', 'parallax', array( 'name' => $name, 'label_for' => "parallax_$name" ) );
	}
} );

function clean_address( $given ): string {
	$address = untrailingslashit( esc_url_raw( trim( (string) $given ), array( 'http', 'https' ) ) );
	if ( '' === $address ) {
		add_settings_error( 'parallax_address', 'address', 'The address must begin with http:// or https://, such as http://127.0.0.1:8000.' );
		return option( 'address' );
	}
	return $address;
}

/** An empty field keeps the key that is there; a single hyphen takes it away. */
function clean_key( $given ): string {
	$key = trim( (string) $given );
	return '-' === $key ? '' : ( '' === $key ? option( 'key' ) : $key );
}

function clean_listed( $given ): string {
	return $given ? '1' : '';
}

function write_field( array $field ): void {
	$name  = $field['name'];
	$place = sprintf( 'id="parallax_%1$s" name="parallax_%1$s"', esc_attr( $name ) );
	if ( 'listed' === $name ) {
		printf( '<label><input type="checkbox" %s value="1"%s> otherwise a draft is in no list, story or figure</label>', $place, checked( option( 'listed' ), '1', false ) ); // phpcs:ignore
	} elseif ( 'key' === $name ) {
		printf( '<input type="password" class="regular-text" autocomplete="off" %s placeholder="%s">', $place, esc_attr( option( 'key' ) ? 'a key is kept; - takes it away' : '' ) ); // phpcs:ignore
	} else {
		printf( '<input type="url" class="regular-text" %s value="%s" required>', $place, esc_attr( option( 'address' ) ) ); // phpcs:ignore
	}
}

add_action( 'admin_menu', function () {
	add_options_page( 'Parallax', 'Parallax', 'manage_options', 'parallax', function () {
		echo '<div class="wrap"><h1>Parallax</h1><form method="post" action="options.php">';
		settings_fields( 'parallax' );
		do_settings_sections( 'parallax' );
		submit_button();
		echo '</form></div>';
	} );
} );

add_action( 'enqueue_block_editor_assets', function () {
	wp_enqueue_script( 'parallax-marks', plugins_url( 'marks.js', __FILE__ ), array(), VERSION, true );
	wp_enqueue_script(
		'parallax-panel',
		plugins_url( 'panel.js', __FILE__ ),
		array( 'parallax-marks', 'wp-plugins', 'wp-edit-post', 'wp-element', 'wp-components', 'wp-data', 'wp-api-fetch' ),
		VERSION,
		true
	);
} );

add_action( 'rest_api_init', function () {
	register_rest_route( 'parallax/v1', '/read', array(
		'methods'             => 'POST',
		'callback'            => __NAMESPACE__ . '\\read_draft',
		'permission_callback' => function ( $request ) {
			return current_user_can( 'edit_post', (int) $request['post'] );
		},
		'args'                => array(
			'post'  => array( 'type' => 'integer', 'required' => true ),
			'title' => array( 'type' => 'string', 'default' => '' ),
			'text'  => array( 'type' => 'string', 'required' => true ),
		),
	) );
	register_rest_route( 'parallax/v1', '/marks/(?P<report>[0-9a-f]{32})', array(
		'methods'             => 'GET',
		'callback'            => function ( $request ) {
			return ask( "/api/v1/reports/{$request['report']}/marks.jsonld" );
		},
		'permission_callback' => function () {
			return current_user_can( 'edit_posts' );
		},
	) );
} );

/** Hand the draft as it stands in the editor to Parallax; gives the report's id and where its page is. */
function read_draft( $request ) {
	$article = array( 'text' => $request['text'], 'title' => $request['title'], 'outlet' => get_bloginfo( 'name' ) );
	$answer  = ask( '/api/v1/articles', $article + array( 'private' => ! option( 'listed' ) ) );
	if ( is_wp_error( $answer ) ) {
		return $answer;
	}
	$id = $answer->get_data()['id'];
	return new \WP_REST_Response( array( 'id' => $id, 'page' => option( 'address' ) . "/reports/$id" ) );
}

/** Ask Parallax; its refusals keep their words and their status. The key never leaves this server. */
function ask( string $path, ?array $body = null ) {
	$headers = array( 'Content-Type' => 'application/json' );
	if ( option( 'key' ) ) {
		$headers['Authorization'] = 'Bearer ' . option( 'key' );
	}
	$answer = wp_remote_request( option( 'address' ) . $path, array(
		'method'  => $body ? 'POST' : 'GET',
		'headers' => $headers,
		'body'    => $body ? wp_json_encode( $body ) : null,
		'timeout' => WAIT_SECONDS,
	) );
	if ( is_wp_error( $answer ) ) {
		$where = option( 'address' );
		return new \WP_Error( 'parallax_away', "The Parallax at $where does not answer. Is it running, and is its address right (Settings, Parallax)?", array( 'status' => 502 ) );
	}
	$status = wp_remote_retrieve_response_code( $answer );
	$told   = json_decode( wp_remote_retrieve_body( $answer ), true );
	if ( $status >= 400 || ! is_array( $told ) ) {
		return new \WP_Error( $told['code'] ?? 'parallax_refused', $told['detail'] ?? "Parallax answered $status.", array( 'status' => $status >= 400 ? $status : 502 ) );
	}
	return new \WP_REST_Response( $told, $body ? 200 : $status );
}
