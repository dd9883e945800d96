/** Owns descriptions as real browsers wrote them, with the page's one certificate: Chromium 156 and Firefox 153, cut by nothing. */

/** SHA-256 of the certificate in each of them. */
export const RECORDED_FP = Uint8Array.from({ length: 32 }, (_, index) => index * 7);

const lines = (text: string): string => text.trim().replaceAll('\n', '\r\n').concat('\r\n');

export const CHROMIUM_OFFER = lines(`
v=0
o=- 3253809108115871802 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1
a=extmap-allow-mixed
a=msid-semantic: WMS
m=audio 9 UDP/TLS/RTP/SAVPF 63 111 9 0 8 13 110 126
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:flfF
a=ice-pwd:not0a0real0password0x
a=ice-options:trickle
a=fingerprint:sha-256 00:07:0E:15:1C:23:2A:31:38:3F:46:4D:54:5B:62:69:70:77:7E:85:8C:93:9A:A1:A8:AF:B6:BD:C4:CB:D2:D9
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=msid:- a4fbfe86-81de-4706-8c82-54bf7775b954
a=rtcp-mux
a=rtcp-rsize
a=rtcp-xr:rcvr-rtt=all
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:9 G722/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:13 CN/8000
a=rtpmap:110 telephone-event/48000
a=rtpmap:126 telephone-event/8000
a=ssrc:1448176082 cname:NXqS2VZTuUI2p7w2
a=ssrc:1448176082 msid:- a4fbfe86-81de-4706-8c82-54bf7775b954
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=ice-ufrag:flfF
a=ice-pwd:not0a0real0password0x
a=ice-options:trickle
a=fingerprint:sha-256 00:07:0E:15:1C:23:2A:31:38:3F:46:4D:54:5B:62:69:70:77:7E:85:8C:93:9A:A1:A8:AF:B6:BD:C4:CB:D2:D9
a=setup:actpass
a=mid:1
a=sctp-port:5000
a=max-message-size:262144
`);

/** After its candidates were found, two of them over TCP. */
export const CHROMIUM_LATER_OFFER = lines(`
v=0
o=- 5340916689892470393 4 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1
a=extmap-allow-mixed
a=msid-semantic: WMS
m=audio 50643 UDP/TLS/RTP/SAVPF 63 111 9 0 8 13 110 126
c=IN IP4 192.0.2.2
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:1296150532 1 udp 2122194687 192.0.2.2 50643 typ host generation 0 network-id 1
a=candidate:1244912820 1 udp 2122265343 fd00::2 57210 typ host generation 0 network-id 2
a=candidate:864965276 1 tcp 1518214911 192.0.2.2 9 typ host tcptype active generation 0 network-id 1
a=candidate:888946220 1 tcp 1518285567 fd00::2 9 typ host tcptype active generation 0 network-id 2
a=ice-ufrag:xZQj
a=ice-pwd:not0a0real0password0x
a=ice-options:trickle
a=fingerprint:sha-256 00:07:0E:15:1C:23:2A:31:38:3F:46:4D:54:5B:62:69:70:77:7E:85:8C:93:9A:A1:A8:AF:B6:BD:C4:CB:D2:D9
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=msid:- 4c12a352-b0c2-40d9-b665-20a5cb52bb70
a=rtcp-mux
a=rtcp-rsize
a=rtcp-xr:rcvr-rtt=all
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:9 G722/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:13 CN/8000
a=rtpmap:110 telephone-event/48000
a=rtpmap:126 telephone-event/8000
a=ssrc:730083342 cname:QsVJ8f0m64hu9IeI
a=ssrc:730083342 msid:- 4c12a352-b0c2-40d9-b665-20a5cb52bb70
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=ice-ufrag:xZQj
a=ice-pwd:not0a0real0password0x
a=ice-options:trickle
a=fingerprint:sha-256 00:07:0E:15:1C:23:2A:31:38:3F:46:4D:54:5B:62:69:70:77:7E:85:8C:93:9A:A1:A8:AF:B6:BD:C4:CB:D2:D9
a=setup:actpass
a=mid:1
a=sctp-port:5000
a=max-message-size:262144
`);

/** With candidates of both components under `.local` names. */
export const FIREFOX_OFFER = lines(`
v=0
o=mozilla...THIS_IS_SDPARTA-99.0 7545024881303020217 0 IN IP4 0.0.0.0
s=-
t=0 0
a=sendrecv
a=fingerprint:sha-256 00:07:0E:15:1C:23:2A:31:38:3F:46:4D:54:5B:62:69:70:77:7E:85:8C:93:9A:A1:A8:AF:B6:BD:C4:CB:D2:D9
a=group:BUNDLE 0 1
a=ice-options:trickle
a=msid-semantic:WMS *
m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101
c=IN IP4 0.0.0.0
a=candidate:0 1 UDP 2122187007 71b92d11-76af-4e49-ab7d-6257a1a2a65d.local 33944 typ host
a=candidate:1 1 UDP 2122252543 d82a0c61-8cb3-4748-b55a-47fb61bec798.local 38485 typ host
a=candidate:2 1 TCP 2105458943 71b92d11-76af-4e49-ab7d-6257a1a2a65d.local 9 typ host tcptype active
a=candidate:3 1 TCP 2105524479 d82a0c61-8cb3-4748-b55a-47fb61bec798.local 9 typ host tcptype active
a=candidate:0 2 UDP 2122187006 71b92d11-76af-4e49-ab7d-6257a1a2a65d.local 55833 typ host
a=candidate:1 2 UDP 2122252542 d82a0c61-8cb3-4748-b55a-47fb61bec798.local 56016 typ host
a=candidate:2 2 TCP 2105458942 71b92d11-76af-4e49-ab7d-6257a1a2a65d.local 9 typ host tcptype active
a=candidate:3 2 TCP 2105524478 d82a0c61-8cb3-4748-b55a-47fb61bec798.local 9 typ host tcptype active
a=sendrecv
a=end-of-candidates
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level
a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:7 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap-allow-mixed
a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1
a=fmtp:101 0-15
a=ice-pwd:not0a0real0password0x
a=ice-ufrag:6f20ba6e
a=mid:0
a=msid:- {0ff83c95-2f9f-48fc-97be-81c3b8fc98c2}
a=rtcp:55833 IN IP4 71b92d11-76af-4e49-ab7d-6257a1a2a65d.local
a=rtcp-fb:109 transport-cc
a=rtcp-fb:9 transport-cc
a=rtcp-fb:0 transport-cc
a=rtcp-fb:8 transport-cc
a=rtcp-mux
a=rtpmap:109 opus/48000/2
a=rtpmap:9 G722/8000/1
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=setup:actpass
a=ssrc:2191466355 cname:{c03692c8-550d-4577-95ef-951035b24b7c}
m=application 0 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=bundle-only
a=sendrecv
a=ice-pwd:not0a0real0password0x
a=ice-ufrag:6f20ba6e
a=mid:1
a=setup:actpass
a=sctp-port:5000
a=max-message-size:1073741823
`);

export const FIREFOX_ANSWER = lines(`
v=0
o=mozilla...THIS_IS_SDPARTA-99.0 8588987470514878112 0 IN IP4 0.0.0.0
s=-
t=0 0
a=sendrecv
a=fingerprint:sha-256 00:07:0E:15:1C:23:2A:31:38:3F:46:4D:54:5B:62:69:70:77:7E:85:8C:93:9A:A1:A8:AF:B6:BD:C4:CB:D2:D9
a=group:BUNDLE 0 1
a=ice-options:trickle
a=msid-semantic:WMS *
m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101
c=IN IP4 0.0.0.0
a=sendrecv
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:7 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap-allow-mixed
a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1
a=fmtp:101 0-15
a=ice-pwd:not0a0real0password0x
a=ice-ufrag:2701241c
a=mid:0
a=msid:- {0e7bb049-fc17-44d0-bcf8-7f162e355482}
a=rtcp-fb:109 transport-cc
a=rtcp-fb:9 transport-cc
a=rtcp-fb:0 transport-cc
a=rtcp-fb:8 transport-cc
a=rtcp-mux
a=rtpmap:109 opus/48000/2
a=rtpmap:9 G722/8000/1
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=setup:active
a=ssrc:1312131241 cname:{422cbfa4-e0c0-470a-bf84-3f2de6544d98}
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=sendrecv
a=ice-pwd:not0a0real0password0x
a=ice-ufrag:2701241c
a=mid:1
a=setup:active
a=sctp-port:5000
a=max-message-size:1073741823
`);

/** Of a connection that has a data channel alone, with the addresses it found. */
export const CHROMIUM_LINK_OFFER = lines(`
v=0
o=- 112463317940597320 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
a=extmap-allow-mixed
a=msid-semantic: WMS
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=candidate:2579643941 1 udp 2113937151 8219b8a6-22e4-4348-a6fe-452f0d1535ff.local 35909 typ host generation 0 network-cost 999
a=candidate:1386545093 1 udp 2113942271 4136d1a4-4645-40bc-9f50-a626c6eeec7a.local 59284 typ host generation 0 network-cost 999
a=ice-ufrag:TRsI
a=ice-pwd:not0a0real0password0x
a=ice-options:trickle
a=fingerprint:sha-256 00:07:0E:15:1C:23:2A:31:38:3F:46:4D:54:5B:62:69:70:77:7E:85:8C:93:9A:A1:A8:AF:B6:BD:C4:CB:D2:D9
a=setup:actpass
a=mid:0
a=sctp-port:5000
a=max-message-size:262144
`);

export const FIREFOX_LINK_ANSWER = lines(`
v=0
o=mozilla...THIS_IS_SDPARTA-99.0 7248681841741799951 0 IN IP4 0.0.0.0
s=-
t=0 0
a=sendrecv
a=fingerprint:sha-256 00:07:0E:15:1C:23:2A:31:38:3F:46:4D:54:5B:62:69:70:77:7E:85:8C:93:9A:A1:A8:AF:B6:BD:C4:CB:D2:D9
a=group:BUNDLE 0
a=ice-options:trickle
a=msid-semantic:WMS *
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=candidate:0 1 UDP 2122187007 319b29dc-2c54-46c0-85ca-85577fe518b5.local 39715 typ host
a=candidate:2 1 TCP 2105458943 319b29dc-2c54-46c0-85ca-85577fe518b5.local 9 typ host tcptype active
a=sendrecv
a=end-of-candidates
a=ice-pwd:not0a0real0password0x0123456789ab
a=ice-ufrag:b9cd6b46
a=mid:0
a=setup:active
a=sctp-port:5000
a=max-message-size:1073741823
`);
